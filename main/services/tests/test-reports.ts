import { z } from 'zod';
import type { ProjectFailure } from '../../../shared/contract/host-calls.ts';
import type { BrokenTestModule, TestItem } from '../../../shared/contract/test-calls.ts';

// The project's tests run in the process that tells this: what comes is checked once, here.
const failure = z.custom<ProjectFailure>((value) => typeof value === 'object' && value !== null);
const report = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('phase'), phase: z.enum(['databases', 'tests', 'cleanup']) }),
  z.object({
    kind: z.literal('found'),
    tests: z.array(z.custom<TestItem>()),
    broken: z.array(z.custom<BrokenTestModule>()),
  }),
  z.object({ kind: z.literal('started'), test: z.string() }),
  z.object({
    kind: z.literal('finished'),
    test: z.string(),
    state: z.enum(['passed', 'expected', 'skipped', 'failed', 'error']),
    milliseconds: z.number(),
    /** Null where it is the same as before. */
    output: z.string().nullable(),
    reason: z.string().nullable(),
    failures: z.array(z.object({ title: z.string().nullable(), failure })),
  }),
  z.object({ kind: z.literal('group'), group: z.string(), failure }),
]);

/** What the host tells of a run. */
export type TestReport = z.infer<typeof report>;

/** Reads a report; null for one that this version of the studio does not know. */
export function readTestReport(value: unknown): TestReport | null {
  const parsed = report.safeParse(value);
  return parsed.success ? parsed.data : null;
}
