/** Runs the command without a process: calls the same functions as main.ts and records the output. test/full/command tests the process. */
import { Readable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import { onTestFinished } from 'vitest';
import { contractCommand, USAGE_MESSAGES } from '../../contracts/command/contract-command.js';
import { createRandom, systemClock } from '../../mock-server/carrier/sources.js';
import { banner } from '../../mock-server/cli/banner.js';
import { readCommand } from '../../mock-server/cli/command.js';
import {
  capturesIn,
  explainRequest,
  findingsOfCapture,
} from '../../mock-server/cli/explain/explain-request.js';
import { commandHelp } from '../../mock-server/cli/help.js';
import { writeFirstTest } from '../../mock-server/cli/init/write-first-test.js';
import { waitForMock } from '../../mock-server/cli/wait.js';
import { issueCertificate } from '../../mock-server/http/tls/issue.js';
import { lookUp } from '../../mock-server/lookup/lookup.js';
import { loadConfiguration } from '../../mock-server/options/configuration-files.js';
import { askedLanguage, languageOf, mistakeLanguage } from '../../mock-server/options/language.js';
import type { Options } from '../../mock-server/options/options.js';
import { type RunningServer, startServer } from '../../mock-server/server/start-server.js';
import { createMockServer } from '../../mock-server/server.js';
import { createLog, textLine } from '../../mock-server/telemetry/log.js';
import manifest from '../../package.json' with { type: 'json' };
import { UsageError } from '../../src/text/usage-error.js';

type Environment = Readonly<Record<string, string>>;

export interface Called {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

interface Written {
  stdout: string;
  stderr: string;
}

interface Call {
  readonly env: Environment;
  /** The standard input. */
  readonly input: Buffer;
  readonly written: Written;
}

const USAGE_STATUS = 2;

/** Runs the command to its end. A started server is closed. */
export async function callCommand(
  args: readonly string[],
  env: Environment = {},
  input: Buffer = Buffer.alloc(0),
): Promise<Called> {
  const written: Written = { stdout: '', stderr: '' };
  try {
    const status = await statusOf(args, { env, input, written });
    return { status, ...written };
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return {
      status: USAGE_STATUS,
      ...written,
      stderr: `${written.stderr}cmpassport-mock: ${error.words[mistakeLanguage(args, env)]}\n`,
    };
  }
}

async function statusOf(args: readonly string[], call: Call): Promise<number> {
  const command = readCommand(args, call.env);
  switch (command.kind) {
    case 'help':
      call.written.stdout += commandHelp(command.language, command.command);
      return 0;
    case 'lookup':
      call.written.stdout += lookUp({ ...command, kit: USAGE_MESSAGES });
      return 0;
    case 'version':
      call.written.stdout += `${manifest.version}\n`;
      return 0;
    case 'serve':
      return serveInProcess(command.options, call);
    case 'explain': {
      const around = {
        standardInput: () => Readable.from([call.input]),
        colour: false,
        nowMs: systemClock.nowMs(),
      };
      const { status, ...written } = await explainRequest(command.options, around);
      Object.assign(call.written, written);
      return status;
    }
    case 'wait': {
      const { status, text } = await waitForMock(command.options);
      call.written.stdout += text;
      return status;
    }
    case 'init': {
      const around = { script: 'dist/main.js', cwd: process.cwd(), platform: process.platform };
      call.written.stdout += writeFirstTest(command.options, around);
      return 0;
    }
    case 'exec':
      throw new Error('exec needs a process: test/full/command/exec.test.ts');
    case 'contract':
      return contract(command.args, call);
    default:
      return command satisfies never;
  }
}

async function serveInProcess(options: Options, { written }: Call): Promise<number> {
  const server = await startedServer(options, written);
  await server.close();
  return 0;
}

async function startedServer(options: Options, written: Written): Promise<RunningServer> {
  const { host, log: level, logSecrets: secrets, lang: language } = options;
  const log = createLog({ level, secrets, language }, (line) => {
    written.stderr += textLine(line);
  });
  const configuration = await loadConfiguration(options, host);
  return startServer({ options, configuration, log });
}

/** A server as the command starts it, and what it prints; closed when the test is done. */
export interface Served {
  readonly url: string;
  readonly banner: string;
}

export async function callServe(args: readonly string[], env: Environment = {}): Promise<Served> {
  const command = readCommand(args, env);
  if (command.kind !== 'serve') throw new Error(`${args.join(' ')} does not start a server`);
  const { options } = command;
  const server = await startedServer(options, { stdout: '', stderr: '' });
  onTestFinished(() => server.close());
  const { host, controlToken, lang: language, shell } = options;
  const { version } = manifest;
  const text = await banner(server, {
    version,
    host,
    controlToken,
    language,
    shell,
    random: createRandom(),
  });
  return { url: server.controlUrl, banner: text };
}

function contract(args: readonly string[], { env, input, written }: Call): Promise<number> {
  return contractCommand(args, {
    version: manifest.version,
    program: 'node dist/main.js',
    language: languageOf(askedLanguage(args), env),
    env,
    cores: 2,
    sources: { nowMs: systemClock.nowMs, hex: createRandom().hex, wait },
    readCaptures: (file) => capturesIn(file, () => Readable.from([input])),
    certificateFor: async (names) => issueCertificate({ names, nowMs: systemClock.nowMs() }),
    explainCaptured: async (request, given) =>
      findingsOfCapture(request, { ...given, nowMs: systemClock.nowMs() }),
    startMock: () => createMockServer(),
    out: {
      isTerminal: false,
      colour: false,
      write: (text) => {
        written.stdout += text;
      },
      complain: (text) => {
        written.stderr += text;
      },
    },
  });
}
