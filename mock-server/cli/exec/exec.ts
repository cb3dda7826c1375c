/** `exec` starts the mock, runs a command with its address in variables, and stops the mock with the command. */
import { writeFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { type Bilingual, bilingual, type Language, LIST_COMMA } from '../../../src/text/bilingual.js';
import { printable } from '../../../src/text/printable.js';
import { fileError, UsageError, wordsOf } from '../../../src/text/usage-error.js';
import type { Environment } from '../../options/language.js';
import { startServing } from '../serve.js';
import { type Ended, runChild } from './child.js';
import type { ExecOptions } from './options.js';
import { collectSummary, type Summary, summaryText } from './summary.js';
import { givenVariables } from './variables.js';

/** As `env` and `docker run`: the command did not run. */
const NOT_STARTED_STATUS = 125;
const FAILURE_STATUS = 1;
const START_MS_MAX = 30_000;

/** Returns the exit status. */
export async function executeCommand(options: ExecOptions, env: Environment): Promise<number> {
  const { command } = options;
  const { lang, controlToken } = options.server;
  const print = (words: Bilingual) => void process.stderr.write(`cmpassport-mock: ${words[lang]}\n`);
  const serving = await started(options, print);
  const { server, stop } = serving;
  const { variables, left, folder, remove } = await givenVariables({ server, controlToken }, env);
  const collected = collectSummary(server.carrier);
  if (left.length > 0) print(leftText(left));
  const ended = await runChild({ command, env: { ...env, ...variables }, folder });
  const summary = await collected();
  await stop();
  remove();
  const { status, problem } = resultOf({ ended, options, summary, left, url: server.url });
  print(problem ?? bilingual((language) => summaryText(summary, language)));
  return writeJson(options, { status, ...summary, left }, print) ? status : status || FAILURE_STATUS;
}

/** Ends the process if the mock does not start: a start that hangs must not keep it. */
async function started({ server }: ExecOptions, print: (words: Bilingual) => void) {
  const overdue = pause(START_MS_MAX, undefined, { ref: false }).then(() => {
    throw new UsageError({
      en: `it was not ready after ${START_MS_MAX / 1000} s`,
      zh: `${START_MS_MAX / 1000} 秒后仍未就绪`,
    });
  });
  try {
    return await Promise.race([startServing(server), overdue]);
  } catch (error) {
    const { en, zh } = wordsOf(error);
    print({ en: `the mock did not start: ${printable(en)}`, zh: `模拟服务没有启动：${printable(zh)}` });
    process.exit(NOT_STARTED_STATUS);
  }
}

function leftText(left: readonly string[]): Bilingual {
  return {
    en: `these variables are set already and keep their values: ${left.join(LIST_COMMA.en)}`,
    zh: `这些环境变量已有值，保持不变：${left.join(LIST_COMMA.zh)}`,
  };
}

interface Finished {
  readonly ended: Ended;
  readonly options: ExecOptions;
  readonly summary: Summary;
  readonly left: readonly string[];
  readonly url: string;
}

interface Result {
  readonly status: number;
  /** Why it is not that of the command. */
  readonly problem?: Bilingual;
}

function resultOf({ ended, options, summary, left, url }: Finished): Result {
  const { status } = ended;
  if (ended.kind === 'not started') return { status, problem: notRunText(options.command[0], ended.why) };
  if (status !== 0 || summary.requests > 0 || options.allowNoRequest) return { status };
  const cause = left.includes('CMPASSPORT_BASE')
    ? { en: 'CMPASSPORT_BASE was set already, to another address', zh: 'CMPASSPORT_BASE 已有值，是另一个地址' }
    : {
        en: `set the base URL of your client to $CMPASSPORT_BASE (${url}), or use --proxy if its address is hard-coded`,
        zh: `请把客户端的请求地址设为 $CMPASSPORT_BASE（${url}），地址写死的客户端请加 --proxy`,
      };
  return {
    status: FAILURE_STATUS,
    problem: {
      en: `the command succeeded, but no request reached the carrier: ${cause.en}. If that is intended, add --allow-no-request`,
      zh: `命令成功了，但没有请求到达模拟服务：${cause.zh}。如果本来就不发请求，请加 --allow-no-request`,
    },
  };
}

function notRunText(program: string, why: string): Bilingual {
  const batch = {
    en: '. On Windows, write -- cmd /c for a batch file such as mvn, gradlew or npm',
    zh: '。在 Windows 上，mvn、gradlew、npm 等批处理文件请写成 -- cmd /c …',
  };
  return bilingual((language) => {
    const head = {
      en: `cannot run ${program} (${why}): check its path`,
      zh: `无法运行 ${program}（${why}）：请检查路径`,
    };
    return `${printable(head[language])}${process.platform === 'win32' ? batch[language] : ''}`;
  });
}

/** Returns whether it could be written. */
function writeJson(
  { json, server: { lang } }: ExecOptions,
  { refused, remarks, ...result }: Summary & { readonly status: number; readonly left: readonly string[] },
  print: (words: Bilingual) => void,
): boolean {
  if (json === undefined) return true;
  const inLanguage = (language: Language) => ({
    ...result,
    refused: refused.map((row) => ({ ...row, cause: row.cause[language] })),
    remarks: remarks.map((row) => ({ ...row, title: row.title[language] })),
  });
  try {
    writeFileSync(json, `${JSON.stringify(inLanguage(lang), undefined, 2)}\n`);
    return true;
  } catch (error) {
    print(fileError(`--json ${json}`, error).words);
    return false;
  }
}
