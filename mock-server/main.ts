#!/usr/bin/env node
/** The command: the only module that reads `argv` and the environment. */
import { availableParallelism } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import manifest from '../package.json' with { type: 'json' };
import { BilingualError, type Language } from '../src/text/bilingual.js';
import { printable, printableStack } from '../src/text/printable.js';
import { createRandom, systemClock } from './carrier/sources.js';
import { readCommand } from './cli/command.js';
import type { ExplainOptions } from './cli/explain/options.js';
import type { InitOptions } from './cli/init/options.js';
import { invocationOf } from './cli/invocation.js';
import { serve } from './cli/serve.js';
import { type WaitOptions, waitForMock } from './cli/wait.js';
import {
  askedLanguage,
  languageOf,
  mistakeLanguage,
  withSystemLocale,
} from './options/language.js';

const FAILURE_STATUS = 1;
/** For the options. A started program gets the variables as they are. */
const ENVIRONMENT = withSystemLocale(process.env);

async function main(): Promise<void> {
  const output = watchOutput();
  const command = readCommand(process.argv.slice(2), ENVIRONMENT);
  switch (command.kind) {
    case 'help': {
      const { commandHelp } = await import('./cli/help.js');
      process.stdout.write(commandHelp(command.language, command.command));
      return;
    }
    case 'lookup': {
      const { lookUp } = await import('./lookup/lookup.js');
      const { USAGE_MESSAGES } = await import('../contracts/command/contract-command.js');
      process.stdout.write(lookUp({ ...command, kit: USAGE_MESSAGES }));
      return;
    }
    case 'version':
      process.stdout.write(`${manifest.version}\n`);
      return;
    case 'serve':
      output.ignoreErrors();
      return serve(command.options, process.env);
    case 'exec':
      output.ignoreErrors();
      // Loaded on demand, as are the other commands: a server never needs them.
      process.exitCode = await (await import('./cli/exec/exec.js')).executeCommand(
        command.options,
        process.env,
      );
      return;
    case 'wait':
      return wait(command.options);
    case 'explain':
      return explain(command.options);
    case 'init':
      return init(command.options);
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
  return mistakeLanguage(process.argv.slice(2), ENVIRONMENT);
}

function printError(text: string): void {
  process.stderr.write(`cmpassport-mock: ${text}\n`);
}

async function wait(options: WaitOptions): Promise<void> {
  const { status, text } = await waitForMock(options);
  const stream = status === 0 || options.json ? process.stdout : process.stderr;
  stream.write(text);
  process.exitCode = status;
}

async function init(options: InitOptions): Promise<void> {
  const { writeFirstTest } = await import('./cli/init/write-first-test.js');
  const script = process.argv[1] ?? '';
  const { platform } = process;
  process.stdout.write(writeFirstTest(options, { script, cwd: process.cwd(), platform }));
}

async function explain(options: ExplainOptions): Promise<void> {
  const { explainRequest } = await import('./cli/explain/explain-request.js');
  const { status, stdout, stderr } = await explainRequest(options, {
    standardInput,
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
    program: invocationOf({ script: process.argv[1] ?? '', cwd: process.cwd() }),
    language: languageOf(askedLanguage(args), ENVIRONMENT),
    env: process.env,
    cores: availableParallelism(),
    sources: { nowMs: systemClock.nowMs, hex, wait: pause },
    readCaptures: async (file) => {
      const { capturesIn } = await import('./cli/explain/explain-request.js');
      return capturesIn(file, standardInput);
    },
    certificateFor: async (names) => {
      const { issueCertificate } = await import('./http/tls/issue.js');
      return issueCertificate({ names, nowMs: systemClock.nowMs() });
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

function standardInput(): AsyncIterable<unknown> {
  if (process.stdin.isTTY) {
    const text = {
      en: 'paste the request, then end it with Ctrl-D',
      zh: '请粘贴请求，按 Ctrl-D 结束',
    };
    printError(text[ownLanguage()]);
  }
  return process.stdin;
}

main().catch((error: unknown) => {
  if (error instanceof BilingualError) {
    printError(printable(error.words[ownLanguage()]));
    // A wrong use of the command.
    process.exitCode = 2;
    return;
  }
  printError(
    printableStack(error instanceof Error ? (error.stack ?? error.message) : String(error)),
  );
  process.exitCode = FAILURE_STATUS;
});
