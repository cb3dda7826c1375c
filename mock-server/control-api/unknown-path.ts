/** Answers requests to paths that are neither the carrier's nor the control API's, and records those that were meant for the carrier. */
import { OPERATIONS } from '../../src/protocol/operations.js';
import { foreignPathWords } from '../../src/protocol/other-interfaces.js';
import type { Bilingual } from '../../src/text/bilingual.js';
import type { Carrier } from '../carrier/carrier.js';
import { recordUnknownPath } from '../carrier/unknown-path.js';
import { crossOriginPage } from '../http/cross-origin-page.js';
import { pageCheck, tokenCheck } from './access.js';
import type { ControlAnswer, ControlRequest } from './control-exchange.js';
import { languageOf } from './language.js';
import { problem, problemAnswer, toProblem } from './problem.js';
import type { ControlOptions } from './route.js';

const CALLS = OPERATIONS.map(({ path }) => `POST ${path}`);
const CARRIER_CALLS: Bilingual = { en: CALLS.join(' and '), zh: CALLS.join('、') };

const CONTROL_HERE: Bilingual = {
  en: ', the console is at /, and the control API under /_mock',
  zh: '，控制台在 /，控制接口在 /_mock 下',
};
function isControlPath(path: string): boolean {
  return /^\/_mock(?:\/|$)/i.test(path);
}

/** Answers a request that no row is for. Throws a Problem. */
export function unknownCallAnswer(
  carrier: Carrier,
  options: ControlOptions,
): (request: ControlRequest) => Promise<ControlAnswer> {
  const checkPage = pageCheck(options);
  const checkToken = tokenCheck(carrier, options.controlToken);
  return async (request) => {
    const path = pathOf(request.url);
    if (!isControlPath(path)) return answerUnknownPath(carrier, request);
    checkPage(request, 'server');
    await checkToken(
      'server',
      { request, params: {}, query: new URLSearchParams() },
      () => undefined,
    );
    throw problem('call.not-found', { call: `${request.method} ${path}` });
  };
}

/** The control API without its calls, for a port that serves only the carrier. */
export function carrierOnlyControl(
  carrier: Carrier,
): (request: ControlRequest) => Promise<ControlAnswer> {
  return async (request) =>
    isControlPath(pathOf(request.url))
      ? problemAnswer(problem('path.control-elsewhere'), languageOf(request, carrier.log))
      : answerUnknownPath(carrier, request, { en: '', zh: '' });
}

/** `more` is what else this port serves. */
export async function answerUnknownPath(
  carrier: Carrier,
  request: ControlRequest,
  more = CONTROL_HERE,
): Promise<ControlAnswer> {
  const path = pathOf(request.url);
  const known = foreignPathWords(path);
  const found =
    known === undefined
      ? { en: `nothing is at ${path}`, zh: `${path} 没有内容` }
      : { en: `${path} is ${known.en}`, zh: `${path} 是${known.zh}` };
  const refusal = problem('path.not-found', { found, calls: CARRIER_CALLS, more });
  const answer = problemAnswer(refusal, languageOf(request, carrier.log));
  if (!isMeantForCarrier(request, path)) return answer;
  try {
    const { method, headers, clientIp = '' } = request;
    const bytes = Buffer.from(await request.body());
    const rawHeaders = Object.entries(headers).flatMap(([name, value = '']) =>
      [value].flat().flatMap((one) => [name, one]),
    );
    const exchange = {
      method,
      path,
      rawHeaders,
      body: bytes.toString(),
      bodyBytes: bytes.length,
      clientIp,
    };
    const id = await recordUnknownPath(carrier, exchange, {
      status: answer.status,
      body: String(answer.body),
    });
    return { ...answer, headers: { ...answer.headers, 'X-Mock-Request-Id': id } };
  } catch (error) {
    // Logs an unexpected error. Without a record, the response is the same.
    toProblem(error, carrier.log);
    return answer;
  }
}

/** Browsers and probes send GET to any path. On the network, pages of another origin must not fill the journal. */
function isMeantForCarrier({ method, headers, clientIp }: ControlRequest, path: string): boolean {
  const isCall =
    !['GET', 'HEAD', 'OPTIONS'].includes(method) || foreignPathWords(path) !== undefined;
  return (
    isCall &&
    (clientIp === undefined || crossOriginPage(headers, { mayVisit: false }) === undefined)
  );
}

export function pathOf(url: string): string {
  return url.split('?')[0] ?? '';
}
