#!/usr/bin/env node
/** The command: the only module that reads `argv` and the environment. */
import { availableParallelism } from 'node:os';
import { buffer } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';
import manifest from '../package.json' with { type: 'json' };
import { type Bilingual, BilingualError, type Language } from '../src/text/bilingual.js';
import { printable, printableStack } from '../src/text/printable.js';
import { wordsOf } from '../src/text/usage-error.js';
import type { Log } from './carrier/log.js';
import { createRandom, systemClock } from './carrier/sources.js';
import { createTallies } from './carrier/tallies.js';
import { banner } from './cli/banner.js';
import { helpText, invocationOf, readCommand } from './cli/command.js';
import type { ExplainOptions } from './cli/explain/options.js';
import { watchFile } from './cli/watch-file.js';
import { loadConfiguration } from './options/configuration.js';
import { askedLanguage, languageOf, mistakeLanguage } from './options/language.js';
import type { Options } from './options/options.js';
import { type RunningServer, startServer } from './server/start-server.js';
import { logFindings } from './telemetry/finding-log.js';
import { createLog, type LogLine, textLine } from './telemetry/log.js';
import { logWriter } from './telemetry/log-writer.js';

const FAILURE_STATUS = 1;
const USAGE_STATUS = 2;
const PARENT_POLL_MS = 200;
// A balancer sends its next request on a connection that it keeps open. Its response closes the connection.
const DRAIN_MS = 500;

async function main(): Promise<void> {
  const output = watchOutput();
  const command = readCommand(process.argv.slice(2), process.env);
  switch (command.kind) {
    case 'help':
      process.stdout.write(helpText(command.language));
      return;
    case 'version':
      process.stdout.write(`${manifest.version}\n`);
      return;
    case 'serve':
      output.ignoreErrors();
      return serve(command.options);
    case 'explain':
      return explain(command.options);
    case 'contract':
      return contract(command.args);
    default:
      return command satisfies never;
  }
}

/**
 * A reader such as `head` can close its pipe (EPIPE): the command continues, and its exit status is unchanged. If output
 * cannot be written for another reason, the command fails. A server ignores both.
 */
function watchOutput() {
  let ignored = false;
  const failed = (name: string, error: NodeJS.ErrnoException) => {
    if (ignored || error.code === 'EPIPE') return;
    process.once('exit', () => {
      process.exitCode = FAILURE_STATUS;
    });
    if (name === 'standard output')
      printError(
        {
          en: `cannot write to ${name} (${error.message}): redirect it to another place`,
          zh: `无法写到标准输出（${error.message}）：请重定向到别处`,
        }[ownLanguage()],
      );
  };
  process.stdout.on('error', (error) => failed('standard output', error));
  process.stderr.on('error', (error) => failed('standard error', error));
  return {
    ignoreErrors: () => {
      ignored = true;
    },
  };
}

function ownLanguage(): Language {
  return mistakeLanguage(process.argv.slice(2), process.env);
}

function printError(text: string): void {
  process.stderr.write(`cmpassport-mock: ${text}\n`);
}

/** Loaded on demand: a server never needs it. */
async function explain(options: ExplainOptions): Promise<void> {
  const { explainRequest } = await import('./cli/explain/explain-request.js');
  const { status, stdout, stderr } = await explainRequest(options, {
    readStandardInput,
    colour: process.stdout.isTTY === true && !process.env['NO_COLOR'],
    nowMs: systemClock.nowMs(),
  });
  process.stderr.write(stderr);
  process.stdout.write(stdout);
  process.exitCode = status;
}

/** The contract kit imports nothing from the server, so it receives everything that it needs from this process. */
async function contract(args: readonly string[]): Promise<void> {
  const { contractCommand } = await import('../contracts/command/contract-command.js');
  const { hex } = createRandom();
  const { isTTY = false } = process.stdout;
  process.exitCode = await contractCommand(args, {
    version: manifest.version,
    program: invocationOf({ script: process.argv[1] ?? '', cwd: process.cwd(), env: process.env }),
    language: languageOf(askedLanguage(args), process.env),
    env: process.env,
    cores: availableParallelism(),
    sources: { nowMs: systemClock.nowMs, hex, wait },
    readCaptures: async (file) =>
      (await import('./cli/explain/explain-request.js')).capturesIn(file, readStandardInput),
    certificateFor: async (host) => {
      const { issueCertificate } = await import('./http/tls/issue.js');
      return issueCertificate({ names: [host], nowMs: systemClock.nowMs() });
    },
    explainCaptured: async (request, given) =>
      (await import('./cli/explain/explain-request.js')).findingsOfCapture(request, {
        ...given,
        nowMs: systemClock.nowMs(),
      }),
    ...(isTTY && process.stdin.isTTY && { confirm: confirmAtTerminal }),
    startMock: async () => (await import('./server.js')).createMockServer(),
    out: {
      isTerminal: isTTY,
      colour: isTTY && !process.env['NO_COLOR'],
      write: (text) => void process.stdout.write(text),
      complain: (text) => void process.stderr.write(text),
    },
  });
}

/** Resolves to true for "y" or "yes", and to false for anything else or if the terminal is closed. */
async function confirmAtTerminal(question: string): Promise<boolean> {
  const { createInterface } = await import('node:readline');
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  return new Promise((resolve) => {
    terminal.once('close', () => resolve(false));
    terminal.question(question, (answer) => {
      resolve(/^y(?:es)?$/i.test(answer.trim()));
      terminal.close();
    });
  });
}

async function readStandardInput(): Promise<Buffer> {
  if (process.stdin.isTTY) {
    const text = { en: 'paste the request, then end it with Ctrl-D', zh: '请粘贴请求，按 Ctrl-D 结束' };
    printError(text[ownLanguage()]);
  }
  return buffer(process.stdin);
}

async function serve(options: Options): Promise<void> {
  const tallies = createTallies();
  const { lang: language } = options;
  const format = await formatOf(options);
  const writer = logWriter(tallies.log);
  const log = createLog({ level: options.log, secrets: options.logSecrets, language }, (line) =>
    writer.write(format(line)),
  );
  const stopping = new AbortController();
  const starting = loadConfiguration(options, options.host).then((configuration) =>
    startServer({ options, configuration, log, tallies }),
  );
  // From the time when the file is read, so that a change during the start is detected.
  watchConfiguration(options, { starting, log, stopping: stopping.signal });
  const server = await starting;
  const isInfo = options.log === 'info' || options.log === 'debug';
  const stopLogs = isInfo ? logFindings(server.carrier, server) : undefined;
  stopOnSignal(async () => {
    stopping.abort();
    await server.close({ drainMs: DRAIN_MS, finish: stopLogs });
    await writer.end();
  });
  if (isInfo) await announce(server, options, log);
}

async function formatOf({ logFormat }: Options): Promise<(line: LogLine) => string> {
  switch (logFormat) {
    case 'json':
      return (await import('./telemetry/json-log.js')).jsonLines();
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
    log.info({ en: `listening at ${url}`, zh: `监听地址：${url}` }, { fields: { url, httpsUrl, version } });
    return;
  }
  const inputs = { version, host, controlToken, language, shell, random: createRandom() };
  process.stdout.write(await banner(server, inputs));
}

/** A valid change is applied. An invalid one is logged, and the previous configuration stays. */
function watchConfiguration(options: Options, { starting, log, stopping }: Watching): void {
  const { config, host } = options;
  if (config === undefined) return;
  const changed = async () => {
    // The start reports why it failed. For a missing file, the watch begins with a change.
    const server = await starting.catch(() => undefined);
    if (server === undefined) return;
    const previous = server.carrier.settings;
    try {
      const configuration = await loadConfiguration(options, host);
      if (stopping.aborted) return;
      await server.reconfigure(configuration);
      log.info({
        en: `loaded the configuration ${config}; a change of limits takes effect at the next start`,
        zh: `配置文件 ${config} 已生效；limits 的改动在下次启动时生效`,
      });
    } catch (error) {
      const words = wordsOf(error);
      const effect = server.carrier.settings === previous ? NOT_APPLIED : APPLIED_IN_PART;
      log.error({ en: `${words.en}; ${effect.en}`, zh: `${words.zh}；${effect.zh}` });
    }
  };
  watchFile({ file: config, changed }, stopping);
}

const NOT_APPLIED: Bilingual = { en: 'the previous configuration stays', zh: '仍使用之前的配置' };
const APPLIED_IN_PART: Bilingual = {
  en: 'the configuration is applied only in part: save the file again, or restart',
  zh: '配置只生效了一部分：请重新保存文件，或重启',
};

interface Watching {
  readonly starting: Promise<RunningServer>;
  readonly log: Log;
  readonly stopping: AbortSignal;
}

/** A terminal sends SIGHUP when it is closed. */
const STOP_SIGNALS = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const;

/** The first signal stops the server gracefully; a second one of any kind ends the process at once. */
function stopOnSignal(stop: () => Promise<void>): void {
  const end = () => void stop().then(() => process.exit(0));
  let isFirst = true;
  const onSignal = () => {
    if (!isFirst) process.exit(FAILURE_STATUS);
    isFirst = false;
    end();
  };
  for (const signal of STOP_SIGNALS) process.on(signal, onSignal);
  stopWithParent(end);
}

/**
 * `npm start` and `npx` run the command through a shell, and a signal to them ends only the shell. So the end of the
 * parent process counts as a signal; otherwise the server would keep its port.
 */
function stopWithParent(end: () => void): void {
  if (process.env['npm_command'] === undefined) return;
  const parent = process.ppid;
  const check = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(check);
    end();
  }, PARENT_POLL_MS).unref();
}

main().catch((error: unknown) => {
  if (error instanceof BilingualError) {
    printError(printable(error.words[ownLanguage()]));
    process.exitCode = USAGE_STATUS;
    return;
  }
  printError(printableStack(error instanceof Error ? (error.stack ?? error.message) : String(error)));
  process.exitCode = FAILURE_STATUS;
});
