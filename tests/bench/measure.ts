/** One measured thing: the studio's way beside the same work without the studio, in the same run. */
export interface Benchmark {
  readonly name: string;
  /** What the two columns did, for the reader of the table. */
  readonly studio: string;
  readonly reference: string;
  readonly unit: 'ms';
  /** How many pairs a full run takes. */
  readonly rounds: number;
  /** Sets up once, then gives what is measured in turn. */
  readonly prepare: () => Promise<Measured>;
}

/** The two sides of a benchmark; each call is one measurement in the benchmark's unit. */
export interface Measured {
  readonly studio: () => Promise<number>;
  readonly reference: () => Promise<number>;
  readonly dispose: () => Promise<void>;
}

/** What came out of one benchmark. */
export interface Result {
  readonly name: string;
  readonly unit: 'ms';
  readonly studio: Summary;
  readonly reference: Summary;
  /** Median of the reference divided by the median of the studio: above 1 the studio is faster. */
  readonly ratio: number;
}

/** The figures of one side. */
export interface Summary {
  readonly what: string;
  readonly median: number;
  readonly p90: number;
  readonly rounds: number;
}

/** Runs both sides in turn, so that a noisy moment of the machine meets both. */
export async function measure(benchmark: Benchmark, rounds = benchmark.rounds): Promise<Result> {
  const measured = await benchmark.prepare();
  const studio: number[] = [];
  const reference: number[] = [];
  try {
    for (let round = 0; round < rounds; round += 1) {
      studio.push(await measured.studio());
      reference.push(await measured.reference());
    }
  } finally {
    await measured.dispose();
  }
  const studioSummary = summarise(benchmark.studio, studio);
  const referenceSummary = summarise(benchmark.reference, reference);
  return {
    name: benchmark.name,
    unit: benchmark.unit,
    studio: studioSummary,
    reference: referenceSummary,
    ratio: referenceSummary.median / studioSummary.median,
  };
}

function summarise(what: string, values: readonly number[]): Summary {
  const sorted = [...values].sort((a, b) => a - b);
  return { what, median: quantile(sorted, 0.5), p90: quantile(sorted, 0.9), rounds: sorted.length };
}

function quantile(sorted: readonly number[], q: number): number {
  const place = (sorted.length - 1) * q;
  const low = sorted[Math.floor(place)] ?? NaN;
  const high = sorted[Math.ceil(place)] ?? NaN;
  return low + (high - low) * (place - Math.floor(place));
}

/** How long a work takes, in milliseconds. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}
