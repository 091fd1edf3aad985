import { systemCode } from './system-reasons.ts';

/** Something stopped half-way and could not be taken back either. */
export class HalfDone extends Error {
  /** What the system said first. */
  readonly code: string | undefined;
  /** Why it stopped. */
  readonly failure: unknown;
  /** Why it could not be taken back. */
  readonly reason: unknown;

  constructor(failure: unknown, reason: unknown) {
    super('Something stopped half-way and could not be taken back.', { cause: reason });
    this.name = 'HalfDone';
    this.code = systemCode(failure);
    this.failure = failure;
    this.reason = reason;
  }
}

/** Takes back what was done before a failure, and throws that; where taking back fails too, what is thrown says so. */
export async function backOut(failure: unknown, takeBack: () => Promise<void>): Promise<never> {
  try {
    await takeBack();
  } catch (reason) {
    throw failure instanceof HalfDone ? failure : new HalfDone(failure, reason);
  }
  throw failure;
}
