/** `exec` starts the mock, runs a command with its address in variables, and stops the mock with the command. */
import { writeFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { type Bilingual, LIST_COMMA } from '../../../src/text/bilingual.js';
import { messageOf } from '../../../src/text/error-message.js';
import { printable } from '../../../src/text/printable.js';
import { UsageError, wordsOf } from '../../../src/text/usage-error.js';
import type { Environment } from '../../options/language.js';
import { startServing } from '../serve.js';
import { runChild } from './child.js';
import type { ExecOptions } from './options.js';
import { collectSummary, summaryText } from './summary.js';
import { givenVariables } from './variables.js';

/** As `env` and `docker run`: the command did not run. */
const NOT_STARTED_STATUS = 125;
const FAILURE_STATUS = 1;
const START_MS_MAX = 30_000;

/** Returns the exit status. */
export async function executeCommand(options: ExecOptions, env: Environment): Promise<number> {
  const { command, json, allowNoRequest } = options;
  const { lang, controlToken } = options.server;
  const print = (words: Bilingual) => void process.stderr.write(`cmpassport-mock: ${printable(words[lang])}\n`);
  const { server, stop } = await started(options, print);
  const { variables, left, folder, remove } = await givenVariables({ server, controlToken }, env);
  const collected = collectSummary(server.carrier, lang);
  if (left.length > 0) {
    print({
      en: `these variables are set already and keep their values: ${left.join(LIST_COMMA.en)}`,
      zh: `这些环境变量已有值，保持不变：${left.join(LIST_COMMA.zh)}`,
    });
  }
  const ended = await runChild({ command, env: { ...env, ...variables }, folder });
  const summary = await collected();
  await stop();
  remove();
  let { status } = ended;
  if (ended.kind === 'not started') print(notRunText(command[0], ended.why));
  else if (status === 0 && summary.requests === 0 && !allowNoRequest) {
    status = FAILURE_STATUS;
    print(noRequestText(server.url, left.includes('CMPASSPORT_BASE')));
  } else process.stderr.write(`cmpassport-mock: ${summaryText(summary, lang)}\n`);
  if (json === undefined) return status;
  try {
    writeFileSync(json, `${JSON.stringify({ status, ...summary, left }, undefined, 2)}\n`);
    return status;
  } catch (error) {
    const why = messageOf(error);
    print({
      en: `--json could not be written (${why}): name a file in a folder that exists and that this user may write to`,
      zh: `--json 没有写成（${why}）：请指定一个已存在、当前用户可写的目录里的文件`,
    });
    return status || FAILURE_STATUS;
  }
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
    print({ en: `the mock did not start: ${en}`, zh: `模拟服务没有启动：${zh}` });
    process.exit(NOT_STARTED_STATUS);
  }
}

function noRequestText(url: string, isBaseLeft: boolean): Bilingual {
  const cause = isBaseLeft
    ? { en: 'CMPASSPORT_BASE was set already, to another address', zh: 'CMPASSPORT_BASE 已有值，是另一个地址' }
    : {
        en: `set the base URL of your client to $CMPASSPORT_BASE (${url}), or use --proxy if its address is hard-coded`,
        zh: `请把客户端的请求地址设为 $CMPASSPORT_BASE（${url}），地址写死的客户端请加 --proxy`,
      };
  return {
    en: `the command succeeded, but no request reached the carrier: ${cause.en}. If that is intended, add --allow-no-request`,
    zh: `命令成功了，但没有请求到达模拟服务：${cause.zh}。如果本来就不发请求，请加 --allow-no-request`,
  };
}

function notRunText(program: string, why: string): Bilingual {
  const [en, zh] = [`cannot run ${program} (${why}): check its path`, `无法运行 ${program}（${why}）：请检查路径`];
  if (process.platform !== 'win32') return { en, zh };
  return {
    en: `${en}. On Windows, write -- cmd /c for a batch file such as mvn, gradlew or npm`,
    zh: `${zh}。在 Windows 上，mvn、gradlew、npm 等批处理文件请写成 -- cmd /c …`,
  };
}
