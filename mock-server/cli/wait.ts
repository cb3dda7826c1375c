/** `wait <url>` returns when the mock at this address is ready, for set-ups without `exec`. */
import { setTimeout as pause } from 'node:timers/promises';
import { type Language, type Words, wordsIn } from '../../src/text/bilingual.js';
import { connectionWords } from '../../src/text/connection-words.js';
import { codeOf, messageOf } from '../../src/text/error-message.js';
import { type FlagTable, type FlagValues, valuesOf } from '../../src/text/flags.js';
import { readText } from '../../src/text/response-body.js';
import { systemClock } from '../carrier/sources.js';
import { type Environment, languageOf } from '../options/language.js';
import { whole } from '../options/option-kinds.js';
import { OPTION_ROWS } from '../options/option-rows.js';
import { invalidFlag } from '../options/options.js';
import { commandError, foundArgument, withHelp } from './messages.js';

export interface WaitOptions {
  /** Without a slash at its end. */
  readonly url: string;
  readonly timeoutMs: number;
  readonly json: boolean;
  readonly lang: Language;
}

const TIMEOUT_S = 30;
const TIMEOUT_S_MAX = 3600;
const SECOND_MS = 1000;
const PAUSE_MS = 100;
/** If a shorter attempt is late, this says nothing about the server: its earlier problem counts. */
const ATTEMPT_MS_MIN = 500;
const NOT_READY_STATUS = 1;

const KIB = 1024;
/** The state of the mock has about 100 bytes. */
const RESPONSE_BYTES_MAX = 64 * KIB;
const TOO_LARGE: Words = {
  en: `a response of more than ${RESPONSE_BYTES_MAX / KIB} KiB`,
  zh: `响应超过 ${RESPONSE_BYTES_MAX / KIB} KiB`,
};
const TOO_LATE: Words = { en: 'no complete response', zh: '没有收到完整的响应' };

export const WAIT_ROWS = {
  timeout: {
    flag: 'timeout',
    value: 's',
    kind: whole({ min: 1, max: TIMEOUT_S_MAX }),
    default: TIMEOUT_S,
    help: {
      en: `how many seconds to wait (default ${TIMEOUT_S})`,
      zh: `最多等待多少秒（默认 ${TIMEOUT_S}）`,
    },
  },
  json: { flag: 'json', help: { en: 'print the result as JSON', zh: '用 JSON 输出结果' } },
  lang: OPTION_ROWS.lang,
} as const satisfies FlagTable;

/** Throws a UsageError that names the argument. */
export function toWaitOptions(
  values: FlagValues,
  { urls: [url, more], env }: { readonly urls: readonly string[]; readonly env: Environment },
): WaitOptions {
  const { timeout, json, lang } = valuesOf(WAIT_ROWS, values, invalidFlag);
  if (url === undefined || more !== undefined || !/^https?:/.test(url) || !URL.canParse(url)) {
    throw withHelp(commandError('wait.address', { found: foundArgument(more ?? url) }));
  }
  return {
    url: url.replace(/\/+$/, ''),
    timeoutMs: timeout * SECOND_MS,
    json,
    lang: languageOf(lang, env),
  };
}

export interface Waited {
  readonly status: number;
  readonly text: string;
}

export async function waitForMock({ url, timeoutMs, json, lang }: WaitOptions): Promise<Waited> {
  const startedMs = systemClock.elapsedMs();
  const leftMs = () => startedMs + timeoutMs - systemClock.elapsedMs();
  const health = `${url}/_mock/health`;
  let problem = await problemAt(health, timeoutMs);
  while (problem !== undefined && leftMs() > PAUSE_MS) {
    await pause(PAUSE_MS);
    const attemptMs = Math.max(Math.ceil(leftMs()), 1);
    const next = await problemAt(health, attemptMs);
    if (next !== TOO_LATE || attemptMs >= ATTEMPT_MS_MIN) problem = next;
  }
  const status = problem === undefined ? 0 : NOT_READY_STATUS;
  const waitedMs = Math.round(systemClock.elapsedMs() - startedMs);
  const reason = problem && wordsIn(problem, lang);
  const result = { ready: problem === undefined, url, waitedMs, problem: reason };
  if (json) return { status, text: `${JSON.stringify(result)}\n` };
  const seconds = timeoutMs / SECOND_MS;
  const text =
    problem === undefined
      ? { en: `the mock at ${url} is ready`, zh: `${url} 的模拟服务已就绪` }
      : {
          en: `no mock was ready at ${url} within ${seconds} s (${reason}): start it, or correct the address`,
          zh: `${seconds} 秒内 ${url} 没有就绪的模拟服务（${reason}）：请启动它，或改正地址`,
        };
  return { status, text: `${text[lang]}\n` };
}

/** Why no mock is ready; undefined if one is. */
async function problemAt(health: string, timeoutMs: number): Promise<Words | undefined> {
  const signal = AbortSignal.timeout(timeoutMs);
  try {
    const response = await fetch(health, { signal });
    const text = await readText(response, { bytesMax: RESPONSE_BYTES_MAX, signal });
    if (text === undefined) return TOO_LARGE;
    return response.ok && text.includes('"status":"ok"') ? undefined : `HTTP ${response.status}`;
  } catch (error) {
    if (signal.aborted) return TOO_LATE;
    const cause = (error instanceof Error ? error.cause : undefined) ?? error;
    return connectionWords(codeOf(cause) ?? messageOf(cause));
  }
}
