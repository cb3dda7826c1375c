/** What the consumer suite says of a client, in both languages. */
import type { Bilingual, Language } from '../report/words.js';

export type { Bilingual, Language };

export function bilingual(en: string, zh: string): Bilingual {
  return { en, zh };
}

/** A text that is the same in both: a value, a path. */
export function verbatim(text: string): Bilingual {
  return { en: text, zh: text };
}

const SHOWN_LENGTH_MAX = 120;

/** A value as it stands, not too long. */
export function shown(value: unknown): Bilingual {
  if (value === undefined) return bilingual('nothing', '没有');
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return verbatim(text.length > SHOWN_LENGTH_MAX ? `${text.slice(0, SHOWN_LENGTH_MAX)}…` : text);
}

const VARIABLES = [
  'CMPASSPORT_BASE_URL',
  'CMPASSPORT_OPERATION',
  'CMPASSPORT_APP_ID',
  'CMPASSPORT_APP_SECRET',
  'CMPASSPORT_APP_KEY',
  'CMPASSPORT_TOKEN',
  'CMPASSPORT_PHONE_NUMBER',
].join(', ');

export const SAY = {
  exitStatus: bilingual('exit status', '退出码'),
  calls: bilingual('calls', '调用次数'),
  end: bilingual('end of the command', '命令的结束方式'),
  byItself: bilingual('ends by itself', '自行结束'),
  believed: bilingual('0 (the answer is believed)', '0（采信该响应）'),
  anyOther: bilingual('another than 0 (the answer is not believed)', '非 0（不采信该响应）'),
  noCall: bilingual(
    `0: the command made no call. It has to read ${VARIABLES}, call that address once, and end`,
    `0：命令没有发起调用。它需要读取 ${VARIABLES}，向该地址调用一次后结束`,
  ),
  nothingSent: bilingual('the command sent nothing that this could be seen in', '命令没有发出可以据此判断的请求'),
} as const satisfies Readonly<Record<string, Bilingual>>;

export function handled(status: number): Bilingual {
  return bilingual(`${status} (a handled "no")`, `${status}（已处理的“否”）`);
}

export function killedBy(signal: string): Bilingual {
  return bilingual(`killed by ${signal}`, `被信号 ${signal} 终止`);
}

export function overdue(limitMs: number): Bilingual {
  const seconds = limitMs / 1000;
  return bilingual(`still running after ${seconds} s, and killed`, `${seconds} 秒后仍在运行，已被终止`);
}

export function between({ min, max }: { readonly min: number; readonly max: number }): Bilingual {
  return min === max ? verbatim(String(min)) : bilingual(`${min} to ${max}`, `${min} 到 ${max}`);
}

export function commandWrote(output: string): Bilingual {
  return bilingual(`the command wrote: ${output}`, `命令的输出：${output}`);
}

export function couldNotStart(command: string, why: string): Bilingual {
  return bilingual(`${command} could not be started (${why})`, `无法启动 ${command}（${why}）`);
}

export function otherSigning(signing: string): Bilingual {
  return bilingual(`is about requests signed by ${signing}`, `只针对以 ${signing} 签名的请求`);
}
