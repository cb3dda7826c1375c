/** `serve` starts the simulated carrier. `exec` starts it with the same code. */
// Its promises are loaded when they are used, other than node:fs/promises.
import { promises as fs, type Stats, statSync } from 'node:fs';
import manifest from '../../package.json' with { type: 'json' };
import type { Bilingual } from '../../src/text/bilingual.js';
import { idOf, wordsOf } from '../../src/text/usage-error.js';
import type { Log, LogEntry } from '../carrier/log.js';
import { createRandom } from '../carrier/sources.js';
import { type ConfigurationTally, createTallies } from '../carrier/tallies.js';
import { loadConfiguration, readRegular } from '../options/configuration-files.js';
import type { Environment } from '../options/language.js';
import type { Options } from '../options/options.js';
import { type RunningServer, type Stopping, startServer } from '../server/start-server.js';
import { logFindings } from '../telemetry/finding-log.js';
import { createLog, type LogLine, textLine } from '../telemetry/log.js';
import { logWriter } from '../telemetry/log-writer.js';
import { unknownVariables } from './known-variables.js';
import type { ServeOptions } from './serve-options.js';
import { onStop } from './signals.js';

const SECOND_SIGNAL_STATUS = 1;
// A balancer sends its next request on a connection that it keeps open. Its response closes the connection.
const DRAIN_MS = 500;

export async function serve(options: ServeOptions, env: Environment): Promise<void> {
  const { server, log, stop } = await startServing(options);
  for (const warning of unknownVariables(env)) log.warn(warning);
  const end = () => void stop({ drainMs: DRAIN_MS }).then(() => process.exit(0));
  onStop({
    first: end,
    next: () => process.exit(SECOND_SIGNAL_STATUS),
    underNpm: env['npm_command'] !== undefined,
  });
  if (options.withParent) process.stdin.once('close', end).resume();
  if (isInfo(options)) await announce(server, options, log);
}

export interface Serving {
  readonly server: RunningServer;
  readonly log: Log;
  /** Stops the server, then writes the remaining lines of the log. */
  stop(stopping?: Stopping): Promise<void>;
}

/** Starts a server with its log, with HTTPS on its own address if that is given, and applies changes of its configuration file until it stops. */
export async function startServing(options: Options, httpsHost?: string): Promise<Serving> {
  const tallies = createTallies();
  const { lang: language } = options;
  const format = await formatOf(options);
  const writer = logWriter(tallies.log);
  const log = createLog({ level: options.log, secrets: options.logSecrets, language }, (line) =>
    writer.write(format(line)),
  );
  const stopping = new AbortController();
  const starting = loadConfiguration(options, options.host).then((configuration) =>
    startServer({ options, configuration, log, tallies, httpsHost }),
  );
  // From the time when the file is read, so that a change during the start is detected.
  const state = tallies.configuration;
  watchConfiguration(options, { starting, log, state, stopping: stopping.signal });
  const server = await starting;
  const stopLogs = isInfo(options) ? logFindings(server.carrier, server.publicUrl) : undefined;
  return {
    server,
    log,
    stop: async ({ drainMs, finish } = {}) => {
      stopping.abort();
      await server.close({
        ...(drainMs !== undefined && { drainMs }),
        finish: async () => {
          await finish?.();
          await stopLogs?.();
        },
      });
      await writer.end();
    },
  };
}

function isInfo({ log }: Options): boolean {
  return log === 'info' || log === 'debug';
}

async function formatOf({ logFormat }: Options): Promise<(line: LogLine) => string> {
  switch (logFormat) {
    case 'json':
      return (await import('../telemetry/json-log.js')).jsonLines();
    case 'text':
      return textLine;
    default:
      return logFormat satisfies never;
  }
}

/** For people: the banner with commands to paste. For log collectors: one event, without credentials. */
async function announce(server: RunningServer, options: Options, log: Log): Promise<void> {
  const { host, controlToken, logFormat, lang: language, shell } = options;
  const { url, httpsUrl } = server;
  const { version } = manifest;
  if (logFormat === 'json') {
    log.info(
      { en: `listening at ${url}`, zh: `监听地址：${url}` },
      { fields: { url, httpsUrl, version } },
    );
    return;
  }
  const { banner } = await import('./banner.js');
  const inputs = { version, host, controlToken, language, shell, random: createRandom() };
  process.stdout.write(await banner(server, inputs));
}

/** A valid change is applied. An invalid one is logged, and the previous configuration stays. */
function watchConfiguration(options: Options, { starting, log, state, stopping }: Watching): void {
  const { config, host } = options;
  if (config === undefined) return;
  const changed = async () => {
    // The start reports why it failed. For a missing file, the watch begins with a change.
    const server = await starting.catch(() => undefined);
    if (server === undefined) return;
    const previous = server.carrier.settings;
    try {
      const configuration = await loadConfiguration(options, host, readRegular);
      if (stopping.aborted) return;
      await server.reconfigure(configuration);
      state.isOutdated = false;
      log.info({
        en: `loaded the configuration ${config}; a change of limits takes effect at the next start`,
        zh: `配置文件 ${config} 已生效；limits 的改动在下次启动时生效`,
      });
    } catch (error) {
      state.isOutdated = true;
      const isApplied = server.carrier.settings !== previous;
      const { message, ...more } = refusedConfiguration(error, isApplied);
      log.error(message, more);
    }
  };
  watchFile({ file: config, changed }, stopping);
}

/** The event of a changed configuration that failed, for the log. */
export function refusedConfiguration(error: unknown, isAppliedInPart: boolean): LogEntry {
  const words = wordsOf(error);
  const effect = isAppliedInPart ? APPLIED_IN_PART : NOT_APPLIED;
  return {
    message: { en: `${words.en}; ${effect.en}`, zh: `${words.zh}；${effect.zh}` },
    fields: { id: idOf(error) },
  };
}

const NOT_APPLIED: Bilingual = { en: 'the previous configuration stays', zh: '仍使用之前的配置' };
const APPLIED_IN_PART: Bilingual = {
  en: 'the configuration is applied only in part: save the file again, or restart',
  zh: '配置只生效了一部分：请重新保存文件，或重启',
};

interface Watching {
  readonly starting: Promise<RunningServer>;
  readonly log: Log;
  readonly state: ConfigurationTally;
  readonly stopping: AbortSignal;
}

// Short enough to seem immediate, long enough to cost nothing.
const POLL_MS = 500;

export interface Watched {
  readonly file: string;
  /** Reloads the file, or reports that it is gone; the next check waits for it. Must not reject. */
  readonly changed: () => Promise<void>;
  readonly pollMs?: number;
}

/**
 * Polls until the signal is aborted, from this call on. Only regular files have versions. Polling also detects a file that is replaced by a link, and a change
 * on a network mount.
 */
export function watchFile({ file, changed, pollMs = POLL_MS }: Watched, signal: AbortSignal): void {
  let seen = versionOf(statsNow(file));
  let isChecking = false;
  const check = async () => {
    isChecking = true;
    const now = versionOf(await fs.stat(file).catch(() => undefined));
    if (now !== seen && !signal.aborted) {
      seen = now;
      await changed();
    }
    isChecking = false;
  };
  const timer = setInterval(() => {
    if (!isChecking) void check();
  }, pollMs).unref();
  signal.addEventListener('abort', () => clearInterval(timer));
}

function statsNow(file: string): Stats | undefined {
  try {
    return statSync(file);
  } catch {
    return undefined;
  }
}

/** undefined for a file that cannot be found, and for a pipe: reading it would take what its writer sent to the start. */
function versionOf(stats: Stats | undefined): string | undefined {
  return stats?.isFile() ? `${stats.ino} ${stats.size} ${stats.mtimeMs}` : undefined;
}
