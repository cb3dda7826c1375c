/** Sends one request of a calibration and reads the response: its code, or the reason why it has none. */

import { wordsIn } from '../../src/text/bilingual.js';
import { parsedJson } from '../../src/text/shown-json.js';
import { wordsOf } from '../../src/text/usage-error.js';
import type { Operation } from '../index.js';
import type { CaseRequest } from '../kit/case.js';
import type { IssuedToken } from '../kit/control.js';
import { answerFields } from '../kit/documents.js';
import { FACTS, readableMsgId, resultCodeIn } from '../kit/operations.js';
import { valueAt } from '../kit/pointer.js';
import type { CaseApp, Provider } from '../kit/provider.js';
import { type Redact, redactor } from '../kit/redact.js';
import { cut } from '../kit/result.js';
import { type MadeCall, type OtherCode, type Running, runSteps, type Sources, sendCall } from '../kit/send-case.js';
import { beijingTimeToMs } from '../kit/time.js';
import { ExchangeError, type Subject, type WireAnswer, type WireRequest } from '../kit/wire.js';
import type { Evidence } from './calibration.js';
import { noCode, type ReadAnswer, type RequestResult } from './request-result.js';
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
}

export type RequestSender = ReturnType<typeof createSender>;

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

export function createSender(options: SenderOptions) {
  const { provider, sources, spending, gapMs, onSent } = options;
  const evidence: Record<string, Evidence> = {};
  const responses: SeenResponse[] = [];
  const tokens: string[] = [];
  const counts = new Map<string, number>();
  let sentCount = 0;

  const send = async (request: RequestToSend): Promise<RequestResult> => {
    const { operation, label } = request;
    counts.set(label, (counts.get(label) ?? 0) + 1);
    const id = `${label}-${counts.get(label)}`;
    const key = keyOf(id, request);
    const kept = key === undefined ? undefined : spending.answered(key);
    if (kept !== undefined) {
      evidence[id] = kept.evidence;
      return { operation, evidence: id, issued: undefined, ...kept.read };
    }
    if (sentCount > 0 && gapMs > 0) await sources.wait(gapMs);
    sentCount += 1;
    const { seen, issued, read } = await sendAndRead(request);
    evidence[id] = seen;
    // A gateway's response is no answer: the next run asks again.
    if (key !== undefined && read.isAnswered)
      spending.keep(key, { evidence: seen, read: { ...read, json: read.json && parsedJson(seen.response) } });
    onSent?.();
    return { operation, evidence: id, issued, ...read };
  };

  /** Never rejects: a failure on the way is the reason why there is no code. */
  async function sendAndRead(request: RequestToSend) {
    const { operation, testCase, live } = request;
    const at = new Date(sources.nowMs()).toISOString();
    let last: WireRequest | undefined;
    let body: string | undefined;
    let issued: IssuedToken | undefined;
    const watched: Subject = {
      send: async (wire) => {
        if (live && !spending.take(testCase.id)) throw limitReached(spending.limit);
        const startMs = sources.nowMs();
        [last, body] = [wire, undefined];
        const answer = await provider.subject(operation).send(wire);
        body = answer.body;
        responses.push(...seenResponse(operation, answer, sources.nowMs() - startMs));
        return answer;
      },
    };
    const newTokenOf = (caseApp: CaseApp) => async () => {
      const token = await caseApp.newToken();
      if (live) tokens.push(token.token);
      return token;
    };
    const readCase = async (): Promise<ReadAnswer> => {
      const { tokenOf = operation } = request;
      const own = await provider.open(operation, testCase);
      const newToken = newTokenOf(tokenOf === operation ? own : await provider.open(tokenOf, testCase));
      const caseApp = { ...own, newToken };
      const running = { operation, testCase, caseApp, sources, provider: { ...provider, subject: () => watched } };
      issued = request.issued ?? (await newToken());
      return callAndRead(running, request, issued);
    };
    const read = await readCase().catch((error: unknown) => noCode(wordsOf(error)));
    const redact = evidenceRedactor(provider, tokens);
    const reply = read.reply && {
      ...read.reply,
      body: read.reply.body.length > REPLY_LENGTH_MAX ? '' : redact(read.reply.body),
    };
    const seen: Evidence = {
      case: testCase.id,
      at,
      paid: live,
      request: last === undefined ? '' : redact(requestText(last)),
      response: redact(body ?? wordsIn(read.reason, 'en')),
    };
    return { seen, issued, read: { ...read, reply } };
  }

  return {
    send,
    evidence: (): Readonly<Record<string, Evidence>> => evidence,
    /** All received responses with a code, in order. */
    responses: (): readonly SeenResponse[] => {
      const redact = evidenceRedactor(provider, tokens);
      return responses.map((row) => ({ ...row, text: redact(row.text) }));
    },
  };
}

async function callAndRead(
  running: Running,
  { operation, testCase, onlyMsgIdBefore = false }: RequestToSend,
  issued: IssuedToken,
): Promise<ReadAnswer> {
  const before = await runSteps(running, testCase.before ?? [], { issued, msgId: undefined, answer: undefined });
  if ('received' in before && !onlyMsgIdBefore) return readAnswer(operation, before);
  const progress = 'received' in before ? { issued, msgId: before.msgId, answer: undefined } : before;
  return readAnswer(operation, await sendCall(running, testCase.when ?? {}, progress));
}

function seenResponse(operation: Operation, answer: WireAnswer, ms: number): readonly SeenResponse[] {
  const { status, headers } = answer;
  const json = answerFields(operation, answer);
  const code = resultCodeIn(operation, json);
  if (GATEWAY.includes(status) || code === undefined) return [];
  const text = valueAt(json, FACTS[operation].response.text);
  const contentType = headers['content-type'] ?? '';
  const sent = typeof text === 'string' ? text : '';
  return [{ operation, code, text: sent, status, contentType, ms: Math.max(0, Math.round(ms)) }];
}

/** The same for the same request of the next run. Undefined for a request whose answer is not kept. */
function keyOf(id: string, { testCase, tokenOf, live, issued }: RequestToSend): string | undefined {
  if (!live || issued !== undefined) return undefined;
  const { given, before, when } = testCase;
  return `${id} ${JSON.stringify([tokenOf, given, before, when])}`;
}

function limitReached(limit: number): ExchangeError {
  return new ExchangeError({ en: `the limit of ${limit} is reached`, zh: `已达花费上限（${limit} 次）` });
}

function readAnswer(operation: Operation, call: MadeCall | OtherCode): ReadAnswer {
  const { status, headers, body } = call.answer;
  const json = answerFields(operation, call.answer);
  const code = resultCodeIn(operation, json);
  if (code === undefined ? NOT_NOW.includes(status) : GATEWAY.includes(status)) return noCode(`HTTP ${status}`);
  if ('received' in call) {
    const reason = { en: `an earlier call: ${call.received}`, zh: `前一次调用：${call.received}` };
    return { ...noCode(reason), isAnswered: true };
  }
  const { echo, phoneNumber: numberAt, time: timeAt } = FACTS[operation].response;
  const msgId = readableMsgId(operation, call.request.sent);
  const echoed = valueAt(json, echo) ?? '';
  const atMs = beijingTimeToMs(valueAt(json, timeAt));
  return {
    code: code ?? `HTTP ${status}`,
    reason: '',
    isAnswered: true,
    json,
    echoes: msgId === undefined || echoed === '' || echoed === msgId,
    numberRight: numberAt === undefined || valueAt(json, numberAt) === call.values['phoneNumber'],
    clockOffMs: atMs === undefined ? undefined : atMs - call.nowMs,
    reply: code === undefined ? { status, contentType: headers['content-type'] ?? '', body } : undefined,
  };
}

const LENGTH_MAX = 2000;
const REUSABLE = /("(?:sign|phoneNum)"\s*:\s*")[^"]*"/g;

/**
 * Redacts a request and its response for storage: no secret, token, number or signature that could be reused.
 *
 * @param tokens The used live tokens. Those of a real carrier can have a format that no pattern matches.
 */
function evidenceRedactor(provider: Provider, tokens: readonly string[]): Redact {
  const { secrets, phoneNumbers } = provider.hidden();
  const redact = redactor({ secrets: [...secrets, ...tokens], phoneNumbers });
  return (text) => cut(redact(text.replace(REUSABLE, '$1[hidden]"')), LENGTH_MAX);
}

function requestText({ method, path, headers, body }: WireRequest): string {
  const lines = headers.map(([name, value]) => `${name}: ${value}`);
  return [`${method} ${path}`, ...lines, '', body.toString()].join('\n');
}
