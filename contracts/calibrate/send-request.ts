/** Sends one request of a calibration and reads the response: its code, or the reason why it has none. */

import { wordsIn } from '../../src/text/bilingual.js';
import { parsedJson } from '../../src/text/shown-json.js';
import { wordsOf } from '../../src/text/usage-error.js';
import type { Operation } from '../index.js';
import type { CaseRequest } from '../kit/case.js';
import type { IssuedToken } from '../kit/control.js';
import { answerFields, requestFields } from '../kit/documents.js';
import type { KnownCarrier } from '../kit/known-carrier.js';
import { FACTS, readableMsgId, resultCodeIn } from '../kit/operations.js';
import { valueAt } from '../kit/pointer.js';
import type { CaseApp, Provider } from '../kit/provider.js';
import { type Redact, redactor } from '../kit/redact.js';
import { cut } from '../kit/result.js';
import {
  type MadeCall,
  type OtherCode,
  type Running,
  runSteps,
  type Sources,
  sendCall,
} from '../kit/send-case.js';
import { beijingTimeToMs } from '../kit/time.js';
import { ExchangeError, type Subject, type WireAnswer, type WireRequest } from '../kit/wire.js';
import type { Evidence, RecordedReply } from './calibration.js';
import { noCode, type ReadAnswer, type RequestResult } from './request-result.js';
import { echoesIn, type Form, formOf, mapTexts } from './response-form.js';
import type { Spending } from './spending.js';

export interface RequestToSend {
  readonly operation: Operation;
  readonly testCase: CaseRequest;
  /** Whether its calls use a live token. */
  readonly live: boolean;
  /** The prefix of the evidence's id. */
  readonly label: string;
  /** Presents this token. */
  readonly issued?: IssuedToken;
  /** The operation that the token is for, if it is another one. */
  readonly tokenOf?: Operation;
  /** The encoding that the carrier accepts, if it is not that of the template. */
  readonly rsaEncoding?: 'hex' | undefined;
  /** Whether the call before it may get any code: it only makes its msgid known. */
  readonly onlyMsgIdBefore?: boolean;
}

/** A response with a code. */
export interface SeenResponse {
  readonly operation: Operation;
  readonly code: string;
  readonly text: string;
  readonly status: number;
  readonly contentType: string;
  readonly ms: number;
  readonly form: Form;
  readonly echoes: readonly string[];
}

export interface RequestSender {
  /** Never rejects: a failure on the way is the reason why there is no code. */
  send(request: RequestToSend): Promise<RequestResult>;
  evidence(): Readonly<Record<string, Evidence>>;
  /** All received responses with a code, in order. */
  responses(): readonly SeenResponse[];
}

export interface SenderOptions {
  readonly provider: Provider;
  readonly sources: Sources;
  readonly spending: Spending;
  readonly gapMs: number;
  readonly onSent?: () => void;
}

// A gateway without its carrier. With 408 and 429 the carrier did not look at the request, unless it sends a code.
const GATEWAY = [502, 503, 504];
const NOT_NOW = [...GATEWAY, 408, 429];
// A longer page is not the carrier's.
const REPLY_LENGTH_MAX = 4096;

export function createSender(options: SenderOptions): RequestSender {
  const { provider, sources, spending, gapMs, onSent } = options;
  const evidence: Record<string, Evidence> = {};
  const newId = numbered();
  const exchanges: Exchanges = { ...options, responses: [], own: new Set() };
  let sentCount = 0;

  return {
    send: async (request) => {
      const { operation, label } = request;
      const id = newId(label);
      const key = keyOf(id, request);
      const kept = key === undefined ? undefined : spending.answered(key);
      if (kept !== undefined) {
        evidence[id] = kept.evidence;
        return { operation, evidence: id, issued: undefined, ...kept.read };
      }
      if (sentCount > 0 && gapMs > 0) await sources.wait(gapMs);
      sentCount += 1;
      const { seen, issued, read } = await sendAndRead(exchanges, request);
      evidence[id] = seen;
      // A gateway's response is no answer: the next run asks again.
      if (key !== undefined && read.isAnswered) {
        const json = read.json && parsedJson(seen.response);
        spending.keep(key, { evidence: seen, read: { ...read, json } });
      }
      onSent?.();
      return { operation, evidence: id, issued, ...read };
    },
    evidence: () => evidence,
    responses: () => {
      const redact = evidenceRedactor(provider, exchanges.own);
      return exchanges.responses.map((row) => ({
        ...row,
        text: redact(row.text),
        form: mapTexts(row.form, redact),
      }));
    },
  };
}

/** `label-1`, `label-2`, … */
function numbered(): (label: string) => string {
  const counts = new Map<string, number>();
  return (label) => {
    const count = (counts.get(label) ?? 0) + 1;
    counts.set(label, count);
    return `${label}-${count}`;
  };
}

/** What the exchanges of a run add to. */
interface Exchanges extends SenderOptions {
  readonly responses: SeenResponse[];
  /** The live tokens and the appId, which no evidence may contain. */
  readonly own: Set<string>;
}

/** The last exchange of a request. Its body is undefined without a response. */
interface Watched {
  request: WireRequest | undefined;
  body: string | undefined;
}

interface SentAndRead {
  readonly seen: Evidence;
  readonly issued: IssuedToken | undefined;
  readonly read: ReadAnswer;
}

async function sendAndRead(exchanges: Exchanges, request: RequestToSend): Promise<SentAndRead> {
  const { provider, sources, own } = exchanges;
  const { operation, testCase, live } = request;
  const at = new Date(sources.nowMs()).toISOString();
  const last: Watched = { request: undefined, body: undefined };
  let issued: IssuedToken | undefined;
  const sendCase = async (): Promise<ReadAnswer> => {
    const caseApp = await openedApp(exchanges, request);
    issued = request.issued ?? (await caseApp.newToken());
    const subject = () => watchedSubject(exchanges, request, last);
    const known = request.rsaEncoding && inHex;
    const running = {
      ...{ operation, testCase, caseApp, sources, known },
      provider: { ...provider, subject },
    };
    return callAndRead(running, request, issued);
  };
  const read = await sendCase().catch((error: unknown) => noCode(wordsOf(error)));
  const redact = evidenceRedactor(provider, own);
  const seen: Evidence = {
    case: testCase.id,
    at,
    paid: live,
    request: last.request === undefined ? '' : redact(requestText(last.request)),
    response: redact(last.body ?? wordsIn(read.reason, 'en')),
  };
  const shown = read.response && {
    ...read.response,
    text: redact(read.response.text),
    form: mapTexts(read.response.form, redact),
  };
  const reply = read.reply && shortReply(read.reply, redact);
  return { seen, issued, read: { ...read, reply, response: shown } };
}

const inHex: KnownCarrier = {
  rsaEncodingIn: () => 'hex',
  remaining: (_, differences) => differences,
};

function shortReply(reply: RecordedReply, redact: Redact): RecordedReply {
  const isTooLong = reply.body.length > REPLY_LENGTH_MAX;
  return { ...reply, body: isTooLong ? '' : redact(reply.body) };
}

/** The app of the case. Its tokens can be for another operation. Its appId and live tokens are remembered. */
async function openedApp(
  { provider, own }: Exchanges,
  { operation, testCase, live, tokenOf = operation }: RequestToSend,
): Promise<CaseApp> {
  const opened = await provider.open(operation, testCase);
  own.add(opened.values['appId'] ?? '');
  const source = tokenOf === operation ? opened : await provider.open(tokenOf, testCase);
  const newToken = async () => {
    const token = await source.newToken();
    if (live) own.add(token.token);
    return token;
  };
  return { ...opened, newToken };
}

/** Keeps the last exchange and each response, and takes a live call from the limit before it is sent. */
function watchedSubject(
  { provider, sources, spending, responses }: Exchanges,
  { operation, testCase, live }: RequestToSend,
  last: Watched,
): Subject {
  return {
    send: async (wire) => {
      if (live && !spending.take(testCase.id)) throw limitReached(spending.limit);
      const startMs = sources.nowMs();
      last.request = wire;
      last.body = undefined;
      const answer = await provider.subject(operation).send(wire);
      last.body = answer.body;
      responses.push(...seenResponse(operation, { wire, answer, ms: sources.nowMs() - startMs }));
      return answer;
    },
  };
}

async function callAndRead(
  running: Running,
  { operation, testCase, onlyMsgIdBefore = false }: RequestToSend,
  issued: IssuedToken,
): Promise<ReadAnswer> {
  const before = await runSteps(running, testCase.before ?? [], {
    issued,
    msgId: undefined,
    answer: undefined,
  });
  if ('received' in before && !onlyMsgIdBefore) return readAnswer(operation, before);
  const progress =
    'received' in before ? { issued, msgId: before.msgId, answer: undefined } : before;
  return readAnswer(operation, await sendCall(running, testCase.when ?? {}, progress));
}

interface Exchanged {
  readonly wire: WireRequest;
  readonly answer: WireAnswer;
  readonly ms: number;
}

function seenResponse(
  operation: Operation,
  { wire, answer, ms }: Exchanged,
): readonly SeenResponse[] {
  const { status, headers } = answer;
  const json = answerFields(operation, answer);
  const code = resultCodeIn(operation, json);
  if (GATEWAY.includes(status) || code === undefined) return [];
  const text = valueAt(json, FACTS[operation].response.text);
  const contentType = headers['content-type'] ?? '';
  const sent = typeof text === 'string' ? text : '';
  const row = { operation, code, text: sent, status, contentType, ms: Math.max(0, Math.round(ms)) };
  return [{ ...row, ...formsIn(operation, json, requestFields(operation, wire)) }];
}

function formsIn(operation: Operation, json: unknown, sent: unknown) {
  const form = formOf({ operation, json, sent }) ?? {};
  return { form, echoes: echoesIn(operation, sent) };
}

/** The same for the same request of the next run. Undefined for a request whose answer is not kept. */
function keyOf(id: string, { testCase, tokenOf, live, issued }: RequestToSend): string | undefined {
  if (!live || issued !== undefined) return undefined;
  const { given, before, when } = testCase;
  return `${id} ${JSON.stringify([tokenOf, given, before, when])}`;
}

function limitReached(limit: number): ExchangeError {
  return new ExchangeError({
    en: `the limit of ${limit} is reached`,
    zh: `已达花费上限（${limit} 次）`,
  });
}

function readAnswer(operation: Operation, call: MadeCall | OtherCode): ReadAnswer {
  const { status, headers, body } = call.answer;
  const json = answerFields(operation, call.answer);
  const code = resultCodeIn(operation, json);
  if (isOfGateway(status, code)) return noCode(`HTTP ${status}`);
  if ('received' in call) {
    const reason = { en: `an earlier call: ${call.received}`, zh: `前一次调用：${call.received}` };
    return { ...noCode(reason), isAnswered: true };
  }
  const contentType = headers['content-type'] ?? '';
  return {
    code: code ?? `HTTP ${status}`,
    reason: '',
    isAnswered: true,
    json,
    ...valuesIn(operation, call, json),
    reply: code === undefined ? { status, contentType, body } : undefined,
    response: code === undefined ? undefined : responseOf(operation, call, json),
  };
}

function responseOf(
  operation: Operation,
  { answer, request }: MadeCall,
  json: unknown,
): ReadAnswer['response'] {
  const text = valueAt(json, FACTS[operation].response.text);
  return {
    status: answer.status,
    text: typeof text === 'string' ? text : '',
    ...formsIn(operation, json, requestFields(operation, request.wire)),
  };
}

function isOfGateway(status: number, code: string | undefined): boolean {
  return (code === undefined ? NOT_NOW : GATEWAY).includes(status);
}

/** What the values of a response show: the msgid, the number, and the carrier's clock. */
function valuesIn(operation: Operation, { request, values, nowMs }: MadeCall, json: unknown) {
  const { echo, phoneNumber: numberAt, time: timeAt } = FACTS[operation].response;
  const msgId = readableMsgId(operation, request.sent);
  const echoed = valueAt(json, echo) ?? '';
  const atMs = beijingTimeToMs(valueAt(json, timeAt));
  return {
    echoes: msgId === undefined || echoed === '' || echoed === msgId,
    numberRight: numberAt === undefined || valueAt(json, numberAt) === values['phoneNumber'],
    clockOffMs: atMs === undefined ? undefined : atMs - nowMs,
  };
}

const LENGTH_MAX = 2000;
const REUSABLE = /("(?:sign|phoneNum)"\s*:\s*")[^"]*"/g;

/**
 * Redacts a request and its response for storage: no secret, token, number or signature that could be reused.
 *
 * @param own The appId and the used live tokens. Those of a real carrier can have a format that no pattern matches.
 */
function evidenceRedactor(provider: Provider, own: ReadonlySet<string>): Redact {
  const { secrets, phoneNumbers } = provider.hidden();
  const redact = redactor({ secrets: [...secrets, ...own], phoneNumbers });
  return (text) => cut(redact(text.replace(REUSABLE, '$1[hidden]"')), LENGTH_MAX);
}

function requestText({ method, path, headers, body }: WireRequest): string {
  const lines = headers.map(([name, value]) => `${name}: ${value}`);
  return [`${method} ${path}`, ...lines, '', body.toString()].join('\n');
}
