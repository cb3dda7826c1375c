/** `exec` starts the mock, runs a command with its address in variables, and stops the mock with the command. */
import { existsSync, writeFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { type Bilingual, LIST_COMMA } from '../../../src/text/bilingual.js';
import { messageOf } from '../../../src/text/error-message.js';
import { printable } from '../../../src/text/printable.js';
import { wordsOf } from '../../../src/text/usage-error.js';
import type { Environment } from '../../options/language.js';
import { proxiedNames } from '../../server/start-server.js';
import { commandError } from '../messages.js';
import { type Serving, startServing } from '../serve.js';
import { createChildRunner } from './child.js';
import { createFolder, type Folder } from './folder.js';
import { givenBy } from './given.js';
import type { ExecOptions } from './options.js';
import {
  EXEC_FAILED_STATUS,
  FAILURE_STATUS,
  lacksRequest,
  notRunText,
  signalStatus,
  statusOf,
} from './status.js';
import { collectSummary, type Summary, summaryText } from './summary.js';
import { commandVariables } from './variables.js';

const START_MS_MAX = 30_000;

type Print = (words: Bilingual) => void;

/** Returns the exit status. */
export async function executeCommand(options: ExecOptions, env: Environment): Promise<number> {
  const { lang } = options.server;
  const print: Print = (words) =>
    void process.stderr.write(`cmpassport-mock: ${printable(words[lang])}\n`);
  const serving = await started(options, print);
  let folder: Folder | undefined;
  const removeFolder = () => {
    try {
      folder?.remove();
    } catch (error) {
      print(notRemovedText(error));
    }
  };
  const run = createChildRunner({
    endWithoutChild: (signal) => {
      removeFolder();
      process.exit(signalStatus(signal));
    },
    underNpm: env['npm_command'] !== undefined,
  });
  try {
    folder = createFolder();
    return await runInside(folder, { options, env, serving, print, run });
  } catch (error) {
    const { en, zh } = wordsOf(error);
    print({ en: `exec failed: ${en}`, zh: `exec 失败：${zh}` });
    return EXEC_FAILED_STATUS;
  } finally {
    removeFolder();
    await serving.stop();
  }
}

interface Around {
  readonly options: ExecOptions;
  readonly env: Environment;
  readonly serving: Serving;
  readonly print: Print;
  readonly run: ReturnType<typeof createChildRunner>;
}

async function runInside(
  folder: Folder,
  { options, env, serving, print, run }: Around,
): Promise<number> {
  const { command, json, allowNoRequest } = options;
  const { lang, controlToken, tlsNames } = options.server;
  const { server } = serving;
  const names = proxiedNames(tlsNames);
  const given = await givenBy({ server, controlToken, names, folder }, env);
  const { variables, left, replaced } = commandVariables(given, env);
  const notes = [...given.problems, leftText(left), replacedText(replaced)];
  for (const note of notes) if (note !== undefined) print(note);
  const collected = collectSummary(server.carrier, lang);
  const ended = await run({ command, env: { ...env, ...variables }, folder: folder.path });
  const summary = await collected();
  const outcome = { ended, requests: summary.requests, allowNoRequest };
  if (ended.kind === 'not run') {
    const [program] = command;
    const exists = /[\\/]/.test(program) && existsSync(program);
    print(notRunText({ command, error: ended.error, exists, platform: process.platform }));
  } else if (lacksRequest(outcome))
    print(noRequestText(server.url, left.includes('CMPASSPORT_BASE')));
  else process.stderr.write(`cmpassport-mock: ${summaryText(summary, lang)}\n`);
  const status = statusOf(outcome);
  if (json === undefined) return status;
  return writeSummary(json, { status, ...summary, left, replaced }, print);
}

interface WrittenSummary extends Summary {
  readonly status: number;
  readonly left: readonly string[];
  readonly replaced: readonly string[];
}

/** Returns the exit status: a command that succeeded without its summary is a failure. */
function writeSummary(json: string, summary: WrittenSummary, print: Print): number {
  try {
    writeFileSync(json, `${JSON.stringify(summary, undefined, 2)}\n`);
    return summary.status;
  } catch (error) {
    const why = messageOf(error);
    print({
      en: `--json could not be written (${why}): name a file in a folder that exists and that this user may write to`,
      zh: `--json 没有写成（${why}）：请指定一个已存在、当前用户可写的目录里的文件`,
    });
    return summary.status || FAILURE_STATUS;
  }
}

function notRemovedText(error: unknown): Bilingual {
  const why = messageOf(error);
  return {
    en: `the files with keys could not be removed (${why}): remove their folder`,
    zh: `含密钥的文件没有删掉（${why}）：请手动删除所在目录`,
  };
}

function leftText(left: readonly string[]): Bilingual | undefined {
  if (left.length === 0) return undefined;
  return {
    en: `these variables are set already and keep their values: ${left.join(LIST_COMMA.en)}`,
    zh: `这些环境变量已有值，保持不变：${left.join(LIST_COMMA.zh)}`,
  };
}

function replacedText(replaced: readonly string[]): Bilingual | undefined {
  if (replaced.length === 0) return undefined;
  return {
    en: `these variables are set already and are replaced, because they do not lead to the mock: ${replaced.join(LIST_COMMA.en)}. Its proxy refuses other hosts: list those that the command needs in NO_PROXY`,
    zh: `这些环境变量已有值，但不通向模拟服务，已替换：${replaced.join(LIST_COMMA.zh)}。代理拒绝其他域名：命令要访问的请写进 NO_PROXY`,
  };
}

/** Ends the process if the mock does not start: a start that hangs must not keep it. */
async function started({ server }: ExecOptions, print: Print): Promise<Serving> {
  const overdue = pause(START_MS_MAX, undefined, { ref: false }).then(() => {
    throw commandError('exec.not-ready', { seconds: START_MS_MAX / 1000 });
  });
  try {
    return await Promise.race([startServing(server), overdue]);
  } catch (error) {
    const { en, zh } = wordsOf(error);
    print({ en: `the mock did not start: ${en}`, zh: `模拟服务没有启动：${zh}` });
    process.exit(EXEC_FAILED_STATUS);
  }
}

function noRequestText(url: string, isBaseLeft: boolean): Bilingual {
  const cause = isBaseLeft
    ? {
        en: 'CMPASSPORT_BASE was set already, to another address',
        zh: 'CMPASSPORT_BASE 已有值，是另一个地址',
      }
    : {
        en: `set the base URL of your client to $CMPASSPORT_BASE (${url}), or use --proxy if its address is hard-coded`,
        zh: `请把客户端的请求地址设为 $CMPASSPORT_BASE（${url}），地址写死的客户端请加 --proxy`,
      };
  return {
    en: `the command succeeded, but no request reached the carrier: ${cause.en}. If that is intended, add --allow-no-request`,
    zh: `命令成功了，但没有请求到达模拟服务：${cause.zh}。如果本来就不发请求，请加 --allow-no-request`,
  };
}
