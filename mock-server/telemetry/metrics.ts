/** The metrics in the text format of Prometheus, 0.0.4. Loaded on first use. */
import { Counter, collectDefaultMetrics, Gauge, type Histogram, Registry } from 'prom-client';
import manifest from '../../package.json' with { type: 'json' };
import { OPERATIONS } from '../../src/protocol/operations.js';
import { nowOfApp } from '../carrier/apps/app-clock.js';
import { isTeam, listAppIds, listAppsIn, type Scope } from '../carrier/apps/apps.js';
import type { TeamScope } from '../carrier/apps/locks.js';
import type { Carrier } from '../carrier/carrier.js';
import type { TokenCount } from '../carrier/store/state-store.js';
import {
  BOUNDS_SECONDS,
  type DurationTally,
  type RequestTallies,
  requestsOfTeam,
  type Tallies,
} from '../carrier/tallies.js';

const PREFIX = 'cmpassport_mock_';

/** Shared by all carriers in the process. Created on the first request, because it observes garbage collection and the event loop. */
let processMetrics: Registry | undefined;

// prom-client reports this, no number or the largest one, if the event loop had no delays since the last time.
const NOT_SEEN = /^nodejs_eventloop_lag_\w+ (?:Nan|9223372036\.854776)\n/gm;

/** @param scope for a team, only what concerns its apps; otherwise everything */
export async function exposition(carrier: Carrier, scope: Scope): Promise<string> {
  if (isTeam(scope)) return teamMetrics(carrier, scope).then((registry) => registry.metrics());
  if (processMetrics === undefined) {
    processMetrics = new Registry();
    collectDefaultMetrics({ register: processMetrics });
  }
  const own = ownMetrics(carrier.tallies, await census(carrier, 'all'));
  return `${await own.metrics()}\n${(await processMetrics.metrics()).replace(NOT_SEEN, '')}`;
}

async function teamMetrics(carrier: Carrier, scope: TeamScope): Promise<Registry> {
  const registry = new Registry();
  const requests = requestsOfTeam(carrier.tallies, scope.lock);
  if (requests !== undefined) registerRequests(registry, requests);
  const counts = await census(carrier, scope);
  if (counts !== undefined) registerTokens(registry, counts.tokens);
  return registry;
}

/** Created for each request: the counts are kept elsewhere, and a store that fails must leave no old value. */
function ownMetrics(tallies: Tallies, storeCounts: StoreCounts | undefined): Registry {
  const registry = new Registry();
  gauge(registry, {
    name: 'build_info',
    help: 'Always 1; its label is the version of the mock.',
    labels: { version: manifest.version },
    value: 1,
  });
  registerRequests(registry, tallies.requests);
  registerHistogram(registry, {
    name: `${PREFIX}store_duration_seconds`,
    help: 'Duration of calls of a shared store (Redis). A commit is "committed" or "stale"; other calls are "done", or "failed".',
    series: tallies.store.calls.map(({ call, outcome, durations }) => ({
      labels: { call, outcome },
      durations,
    })),
  });
  counter(registry, {
    name: 'store_losses_total',
    help: 'How often a shared store (Redis) had lost its state.',
    value: tallies.store.losses,
  });
  counter(registry, {
    name: 'log_lines_lost_total',
    help: 'Log lines that could not be written.',
    value: tallies.log.linesLost,
  });
  gauge(registry, {
    name: 'configuration_last_reload_successful',
    help: '0 if the changed configuration file has a mistake, so that the previous one is in effect, else 1.',
    value: tallies.configuration.isOutdated ? 0 : 1,
  });
  if (storeCounts !== undefined) registerStoreCounts(registry, storeCounts);
  return registry;
}

function registerRequests(registry: Registry, requests: RequestTallies): void {
  const answered = new Counter({
    name: `${PREFIX}requests_total`,
    help: 'Carrier requests, by result code and by whether a test forced the result. The code is "none" if a script kept the carrier from deciding, and "undocumented" if the document does not have it.',
    labelNames: ['operation', 'result_code', 'forced'],
    registers: [registry],
  });
  for (const { operation, resultCode, forced, count } of requests.counts) {
    answered.inc({ operation, result_code: resultCode, forced: String(forced) }, count);
  }
  registerHistogram(registry, {
    name: `${PREFIX}request_duration_seconds`,
    help: 'Time from the complete request to its committed decision, without the network and the delays of scripts.',
    series: OPERATIONS.map(({ operation }) => ({
      labels: { operation },
      durations: requests.durationsOf(operation),
    })),
  });
}

function registerStoreCounts(registry: Registry, { tokens, journalEvictions }: StoreCounts): void {
  counter(registry, {
    name: 'journal_evictions_total',
    help: 'Records that journals dropped because of their limits, including those of removed apps.',
    value: journalEvictions,
  });
  registerTokens(registry, tokens);
}

function registerTokens(registry: Registry, tokens: TokenCount): void {
  if (tokens.live !== undefined) {
    gauge(registry, {
      name: 'tokens_live',
      help: 'Tokens that are unused and, by the clocks of their apps, not expired.',
      value: tokens.live,
    });
  }
  gauge(registry, {
    name: 'tokens_kept',
    help: 'Stored tokens, including the used and the expired ones.',
    value: tokens.kept,
  });
}

interface ValueRow {
  /** Without the prefix. */
  readonly name: string;
  readonly help: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly value: number;
}

function counter(registry: Registry, { name, help, value }: ValueRow): void {
  new Counter({ name: PREFIX + name, help, registers: [registry] }).inc(value);
}

function gauge(registry: Registry, { name, help, labels = {}, value }: ValueRow): void {
  const labelNames = Object.keys(labels);
  new Gauge({ name: PREFIX + name, help, labelNames, registers: [registry] }).set(labels, value);
}

interface HistogramRow {
  readonly name: string;
  readonly help: string;
  readonly series: readonly {
    readonly labels: Readonly<Record<string, string>>;
    readonly durations: DurationTally;
  }[];
}

/** Registers a plain object: a Histogram of the library cannot take durations that are already in buckets. */
function registerHistogram(registry: Registry, { name, help, series }: HistogramRow): void {
  const values = series.flatMap(({ labels, durations }) => {
    const { cumulative, count, sumSeconds } = durations;
    const upTo = (le: number | string, value: number) => {
      return { metricName: `${name}_bucket`, labels: { ...labels, le }, value };
    };
    return [
      ...BOUNDS_SECONDS.map((bound, at) => upTo(bound, cumulative[at] ?? 0)),
      upTo('+Inf', count),
      { metricName: `${name}_sum`, labels, value: sumSeconds },
      { metricName: `${name}_count`, labels, value: count },
    ];
  });
  const metric = {
    name,
    get: async () => ({ name, help, type: 'histogram', aggregator: 'sum', values }),
  };
  // The library's type takes only its own classes, although the registry calls nothing but `get`.
  registry.registerMetric(metric as unknown as Histogram);
}

interface StoreCounts {
  readonly tokens: TokenCount;
  readonly journalEvictions: number;
}

/** undefined if the store fails: then the metric is missing, which differs from 0. */
async function census(carrier: Carrier, scope: Scope): Promise<StoreCounts | undefined> {
  const counts = carrier.store.census;
  try {
    let kept = 0;
    let live: number | undefined = 0;
    for (const appId of await appIdsIn(carrier, scope)) {
      const counted = await counts.tokens(appId, await nowOfApp(carrier, appId));
      kept += counted.kept;
      live = live === undefined || counted.live === undefined ? undefined : live + counted.live;
    }
    return { tokens: { kept, live }, journalEvictions: await counts.journalEvictions() };
  } catch {
    return undefined;
  }
}

/** Without the records of apps if all are counted. */
async function appIdsIn(carrier: Carrier, scope: Scope): Promise<readonly string[]> {
  if (!isTeam(scope)) return listAppIds(carrier);
  return (await listAppsIn(carrier, scope)).map(({ settings }) => settings.appId);
}
