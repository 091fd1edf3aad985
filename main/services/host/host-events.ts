import { z } from 'zod';
import type { CheckIssue, ProjectFailure } from '../../../shared/contract/host-calls.ts';
import type { TraceSummary } from '../../../shared/contract/trace-calls.ts';

// The host is our own program, but the project runs inside its children: what comes is checked once, here.
const failure = z.custom<ProjectFailure>((value) => typeof value === 'object' && value !== null);
const levels = z.enum(['debug', 'info', 'warning', 'error', 'critical']).catch('info');

const hostEvent = z.discriminatedUnion('event', [
  z.object({
    event: z.literal('serve.state'),
    state: z.enum(['booting', 'serving', 'broken', 'stopped']),
    port: z.number().nullable(),
    bootMilliseconds: z.number().nullable(),
    generation: z.number(),
    failure: failure.nullable(),
    lastGood: z.boolean(),
  }),
  z.object({
    event: z.literal('log'),
    stream: z.enum(['stdout', 'stderr']),
    level: levels,
    logger: z.string().nullable(),
    text: z.string(),
    time: z.number(),
  }),
  z.object({
    event: z.literal('dropped'),
    lines: z.number().default(0),
    events: z.number().default(0),
    id: z.number().optional(),
  }),
  z.object({
    event: z.literal('request'),
    method: z.string(),
    path: z.string(),
    status: z.number().nullable(),
    milliseconds: z.number(),
    time: z.number(),
  }),
  z.object({ event: z.literal('traces'), added: z.array(z.custom<TraceSummary>()) }),
  z.object({
    event: z.literal('checks'),
    issues: z.array(z.custom<CheckIssue>()),
    generation: z.number(),
  }),
  z.object({ event: z.literal('job.output'), id: z.number(), text: z.string() }),
  z.object({ event: z.literal('job.report'), id: z.number(), report: z.unknown() }),
]);

/** Something the host tells unasked. */
export type HostEvent =
  | z.infer<typeof hostEvent>
  /** The host has ended without being asked to; `final` when it did so too often to be started again by itself. */
  | { readonly event: 'lost'; readonly message: string; readonly final: boolean }
  /** The host was ended: another project or another interpreter comes, or none. */
  | { readonly event: 'ended' };

/** Reads an event; null for one that this version of the studio does not know. */
export function readHostEvent(message: unknown): z.infer<typeof hostEvent> | null {
  const parsed = hostEvent.safeParse(message);
  return parsed.success ? parsed.data : null;
}
