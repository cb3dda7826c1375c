/** Paths that the carrier's port does not serve, including the control API if it has its own port. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { OPERATIONS } from '../../src/protocol/operations.js';
import { foreignPathWords } from '../../src/protocol/other-interfaces.js';
import type { Bilingual } from '../../src/text/bilingual.js';
import { writePlainProblem } from '../http/network-listener.js';
import { languageOf } from './language.js';

const CALLS = OPERATIONS.map(({ path }) => `POST ${path}`);
export const CARRIER_CALLS: Bilingual = { en: CALLS.join(' and '), zh: CALLS.join('、') };

// The message does not name the other port: the control API may be there so that clients of this port cannot find it.
const CONTROL_NOT_HERE: Bilingual = {
  en: 'the control API is not on this port: the server was started with a separate control port',
  zh: '控制接口不在这个端口：启动时指定了单独的端口',
};
const NOT_FOUND = 404;

/** Uses plain node:http, so that Express is not loaded. */
export function answerUnknownPath({ url = '', headers }: IncomingMessage, res: ServerResponse): void {
  const [path = ''] = url.split('?');
  const detail = path.startsWith('/_mock') ? CONTROL_NOT_HERE : unknownPathDetail(path);
  writePlainProblem(res, { status: NOT_FOUND, title: 'Not found', detail: detail[languageOf({ url, headers })] });
}

function unknownPathDetail(path: string): Bilingual {
  const { en, zh } = notServed(path);
  return { en: `${en}: the carrier serves ${CARRIER_CALLS.en}`, zh: `${zh}：模拟接口是 ${CARRIER_CALLS.zh}` };
}

/** For a path of another interface of the carrier, the sentence names that interface. */
export function notServed(path: string): Bilingual {
  const known = foreignPathWords(path);
  return known === undefined
    ? { en: `nothing is at ${path}`, zh: `${path} 没有内容` }
    : { en: `${path} is ${known.en}`, zh: `${path} 是${known.zh}` };
}
