/** What is nobody's on the carrier's port: the control API, too, where that has a port of its own. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { OPERATIONS } from '../../src/protocol/operations.js';
import { writePlainProblem } from '../http/plain-problem.js';

export const CARRIER_CALLS = OPERATIONS.map(({ path }) => `POST ${path}`).join(' and ');

// Where it is instead is not told: it may be on another port so that those who reach this one do not find it.
const CONTROL_ELSEWHERE = 'the control API is not on this port: the server was started with a control port of its own';
const NOT_FOUND = 404;

/** Answers in plain node:http: no Express is loaded for it. */
export function answerElsewhere({ url = '' }: IncomingMessage, res: ServerResponse): void {
  const [path = ''] = url.split('?');
  const detail = path.startsWith('/_mock')
    ? CONTROL_ELSEWHERE
    : `nothing is at ${path}: the carrier answers ${CARRIER_CALLS}`;
  writePlainProblem(res, { status: NOT_FOUND, title: 'Not found', detail });
}
