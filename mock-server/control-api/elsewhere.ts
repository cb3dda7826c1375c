/** Paths that the carrier's port does not serve; the control API's among them if it has a port of its own. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Bilingual } from '../../src/protocol/bilingual.js';
import { neighbourSentence } from '../../src/protocol/neighbours.js';
import { OPERATIONS } from '../../src/protocol/operations.js';
import { writePlainProblem } from '../http/plain-problem.js';
import { languageOf } from './language.js';

const CALLS = OPERATIONS.map(({ path }) => `POST ${path}`);
export const CARRIER_CALLS: Bilingual = { en: CALLS.join(' and '), zh: CALLS.join('、') };

// Where it is instead is not told: it may be on another port so that those who reach this one do not find it.
const CONTROL_ELSEWHERE: Bilingual = {
  en: 'the control API is not on this port: the server was started with a control port of its own',
  zh: '控制接口不在这个端口：启动时为它另外指定了端口',
};
const NOT_FOUND = 404;

/** Answers in plain node:http: no Express is loaded for it. */
export function answerElsewhere({ url = '', headers }: IncomingMessage, res: ServerResponse): void {
  const [path = ''] = url.split('?');
  const detail = path.startsWith('/_mock') ? CONTROL_ELSEWHERE : nothingAt(path);
  writePlainProblem(res, { status: NOT_FOUND, title: 'Not found', detail: detail[languageOf({ url, headers })] });
}

function nothingAt(path: string): Bilingual {
  const { en, zh } = notHere(path);
  return { en: `${en}: the carrier answers ${CARRIER_CALLS.en}`, zh: `${zh}：模拟接口是 ${CARRIER_CALLS.zh}` };
}

/** A path that is no interface of this server, by the name of the interface that has it. */
export function notHere(path: string): Bilingual {
  return neighbourSentence(path) ?? { en: `nothing is at ${path}`, zh: `${path} 没有内容` };
}
