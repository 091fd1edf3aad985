import type { z } from 'zod';

/** Whether a call may run before the user has trusted the open project. */
export type TrustNeeded = 'none' | 'project';

/** One call of the contract: what it takes is checked at run time, what it gives by the compiler. */
export interface CallSpec<Input extends z.ZodType = z.ZodType, Output = unknown> {
  readonly input: Input;
  readonly trust: TrustNeeded;
  /** Never read: carries the type of the answer, which our own main process is trusted to give. */
  readonly output?: Output;
}

/**
 * Declares a call. Inputs cross a trust boundary (any page could try the socket), so they have a
 * schema; answers come from our own main process, so their type is enough.
 */
export function call<Output>() {
  return <Input extends z.ZodType>(trust: TrustNeeded, input: Input): CallSpec<Input, Output> => ({
    input,
    trust,
  });
}
