/** The metrics in the text format of Prometheus, 0.0.4. Loaded on first use. */
import { Counter, collectDefaultMetrics, Gauge, type Histogram, Registry } from 'prom-client';
import manifest from '../../package.json' with { type: 'json' };
import { OPERATIONS } from '../../src/protocol/operations.js';
import { appNowMs } from '../carrier/apps/app-clock.js';
import { listAppIds } from '../carrier/apps/apps.js';
import type { Carrier } from '../carrier/carrier.js';
import { type Census, ONLY, type TokenCount } from '../carrier/store/state-store.js';
import { BOUNDS_SECONDS, type DurationTally, type Tallies } from '../carrier/tallies.js';

const PREFIX = 'cmpassport_mock_';

/** Shared by all carriers in the process. Created on the first request, because it observes garbage collection and the event loop. */
let processMetrics: Registry | undefined;

// prom-client reports this, no number or the largest one, if the event loop had no delays since the last time.
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

/** Created for each request: the counts are kept elsewhere, and a store that fails must leave no old value. */
function ownMetrics({ requests, store, log }: Tallies, storeCounts: StoreCounts | undefined): Registry {
  const registry = new Registry();
  const registers = [registry];
  const build = { name: `${PREFIX}build_info`, help: 'Always 1; its label is the version of the mock.' };
  new Gauge({ ...build, labelNames: ['version'], registers }).set({ version: manifest.version }, 1);
  const answered = new Counter({
    name: `${PREFIX}requests_total`,
    help: 'Carrier requests, by result code and by whether a test forced the result. The code is "none" if a script kept the carrier from deciding, and "undocumented" if the document does not have it.',
    labelNames: ['operation', 'result_code', 'forced'],
    registers,
  });
  for (const { operation, resultCode, forced, count } of requests.counts) {
    answered.inc({ operation, result_code: resultCode, forced: String(forced) }, count);
  }
  registerHistogram(registry, {
    name: `${PREFIX}request_duration_seconds`,
    help: 'Time from the complete request to its committed decision, without the delays of scripts.',
    series: OPERATIONS.map(({ operation }) => ({ labels: { operation }, durations: requests.durationsOf(operation) })),
  });
  registerHistogram(registry, {
    name: `${PREFIX}store_duration_seconds`,
    help: 'Duration of store calls, by call and outcome.',
    series: store.calls.map(({ call, outcome, durations }) => ({ labels: { call, outcome }, durations })),
  });
  const lost = { name: `${PREFIX}log_lines_lost_total`, help: 'Log lines that could not be written.' };
  new Counter({ ...lost, registers }).inc(log.linesLost);
  if (storeCounts !== undefined) registerStoreCounts(registers, storeCounts);
  return registry;
}

function registerStoreCounts(registers: Registry[], { tokens, journalEvictions }: StoreCounts): void {
  const evictions = {
    name: `${PREFIX}journal_evictions_total`,
    help: 'Records that journals dropped because of their limits.',
  };
  new Counter({ ...evictions, registers }).inc(journalEvictions);
  const live = {
    name: `${PREFIX}tokens_live`,
    help: 'Tokens that are unused and, by the clocks of their apps, not expired.',
  };
  if (tokens.live !== undefined) new Gauge({ ...live, registers }).set(tokens.live);
  const all = { name: `${PREFIX}tokens_kept`, help: 'Stored tokens, including the used and the expired ones.' };
  new Gauge({ ...all, registers }).set(tokens.kept);
}

interface HistogramRow {
  readonly name: string;
  readonly help: string;
  readonly series: readonly { readonly labels: Readonly<Record<string, string>>; readonly durations: DurationTally }[];
}

/** Registers a plain object: a Histogram of the library cannot take durations that are already in buckets. */
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
  // The library's type takes only its own classes, although the registry calls nothing but `get`.
  registry.registerMetric(metric as unknown as Histogram);
}

interface StoreCounts {
  readonly tokens: TokenCount;
  readonly journalEvictions: number;
}

/** undefined if the store fails: then the metric is missing, which differs from 0. */
async function census(carrier: Carrier): Promise<StoreCounts | undefined> {
  const { census: counts } = carrier.store;
  try {
    return { tokens: await countTokens(carrier, counts), journalEvictions: await counts.journalEvictions() };
  } catch {
    return undefined;
  }
}

async function countTokens(carrier: Carrier, counts: Census): Promise<TokenCount> {
  const { store, clock } = carrier;
  let kept = 0;
  let live: number | undefined = 0;
  for (const appId of await listAppIds(carrier)) {
    const own = await store.get(appId, 'clock', ONLY);
    const counted = await counts.tokens(appId, appNowMs(own?.value, clock.nowMs()));
    kept += counted.kept;
    live = live === undefined || counted.live === undefined ? undefined : live + counted.live;
  }
  return { kept, live };
}
