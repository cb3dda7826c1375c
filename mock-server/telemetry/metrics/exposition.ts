/** The metrics as Prometheus reads them: its text format, 0.0.4. Loaded by the first who asks. */
import { Counter, collectDefaultMetrics, Gauge, type Histogram, Registry } from 'prom-client';
import manifest from '../../../package.json' with { type: 'json' };
import { OPERATIONS } from '../../../src/protocol/operations.js';
import type { Carrier } from '../../carrier/carrier.js';
import { census, type Kept } from './census.js';
import { BOUNDS_SECONDS, type DurationTally } from './duration-tally.js';
import type { Tallies } from './tallies.js';

export const CONTENT_TYPE = Registry.PROMETHEUS_CONTENT_TYPE;

const PREFIX = 'cmpassport_mock_';

/** Of the process, and so of all carriers in it. It watches garbage collection and the event loop, and begins with the first who asks. */
let processMetrics: Registry | undefined;

// What prom-client says of the delays of an event loop that had none since the last time: no number, or the largest.
const NOT_SEEN = /^nodejs_eventloop_lag_\w+ (?:Nan|9223372036\.854776)\n/gm;

export async function exposition(carrier: Carrier): Promise<string> {
  processMetrics ??= watchProcess();
  const own = ownMetrics(carrier.tallies, await census(carrier));
  return `${await own.metrics()}\n${(await processMetrics.metrics()).replace(NOT_SEEN, '')}`;
}

function watchProcess(): Registry {
  const register = new Registry();
  collectDefaultMetrics({ register });
  return register;
}

/** Made anew each time: everything is counted elsewhere, and of a store that is gone no old figure stays. */
function ownMetrics({ requests, store, log }: Tallies, kept: Kept | undefined): Registry {
  const registry = new Registry();
  const registers = [registry];
  const build = { name: `${PREFIX}build_info`, help: 'Always 1; its label is the version of the mock.' };
  new Gauge({ ...build, labelNames: ['version'], registers }).set({ version: manifest.version }, 1);
  const answered = new Counter({
    name: `${PREFIX}requests_total`,
    help: 'Carrier requests by what they came to: "none" where a script kept the carrier from deciding, "undocumented" for a code outside the document; forced by a test or not.',
    labelNames: ['operation', 'result_code', 'forced'],
    registers,
  });
  for (const { operation, resultCode, forced, count } of requests.counts) {
    answered.inc({ operation, result_code: resultCode, forced: String(forced) }, count);
  }
  registerHistogram(registry, {
    name: `${PREFIX}request_duration_seconds`,
    help: 'From a request that is there as a whole to its answer decided and committed; what a script holds back counts not.',
    series: OPERATIONS.map(({ operation }) => ({ labels: { operation }, durations: requests.durationsOf(operation) })),
  });
  registerHistogram(registry, {
    name: `${PREFIX}store_duration_seconds`,
    help: 'Calls of the store, by what they came to.',
    series: store.calls.map(({ call, outcome, durations }) => ({ labels: { call, outcome }, durations })),
  });
  const lost = { name: `${PREFIX}log_lines_lost_total`, help: 'Lines of the log that could not be written.' };
  new Counter({ ...lost, registers }).inc(log.linesLost);
  if (kept !== undefined) registerKept(registers, kept);
  return registry;
}

function registerKept(registers: Registry[], { tokens, journalEvictions }: Kept): void {
  const evictions = {
    name: `${PREFIX}journal_evictions_total`,
    help: 'Records that journals dropped beyond their bounds.',
  };
  new Counter({ ...evictions, registers }).inc(journalEvictions);
  const live = {
    name: `${PREFIX}tokens_live`,
    help: 'Tokens that are neither used up nor, by the clocks of their apps, too old.',
  };
  if (tokens.live !== undefined) new Gauge({ ...live, registers }).set(tokens.live);
  const all = { name: `${PREFIX}tokens_kept`, help: 'Tokens that are kept, the used and the old among them.' };
  new Gauge({ ...all, registers }).set(tokens.kept);
}

interface HistogramRow {
  readonly name: string;
  readonly help: string;
  readonly series: readonly { readonly labels: Readonly<Record<string, string>>; readonly durations: DurationTally }[];
}

/** Durations are in their buckets already, which a Histogram of the library has no way to take: the registry takes whoever answers as one. */
function registerHistogram(registry: Registry, { name, help, series }: HistogramRow): void {
  const values = series.flatMap(({ labels, durations }) => {
    const { cumulative, count, sumSeconds } = durations;
    const upTo = (le: number | string, value: number) => ({
      metricName: `${name}_bucket`,
      labels: { ...labels, le },
      value,
    });
    return [
      ...BOUNDS_SECONDS.map((bound, at) => upTo(bound, cumulative[at] ?? 0)),
      upTo('+Inf', count),
      { metricName: `${name}_sum`, labels, value: sumSeconds },
      { metricName: `${name}_count`, labels, value: count },
    ];
  });
  const metric = { name, get: async () => ({ name, help, type: 'histogram', aggregator: 'sum', values }) };
  registry.registerMetric(metric as unknown as Histogram);
}
