/** Sends one request of a calibration and reads the response: its code, or the reason why it has none. */

import { type Bilingual, type Words, wordsIn } from '../../src/text/bilingual.js';
import { wordsOf } from '../../src/text/usage-error.js';
import type { Operation } from '../index.js';
import type { CaseRequest } from '../kit/case.js';
import { answerFields } from '../kit/documents.js';
import { FACTS, readableMsgId, resultCodeIn } from '../kit/operations.js';
import { valueAt } from '../kit/pointer.js';
import type { Provider } from '../kit/provider.js';
import { type Redact, redactor } from '../kit/redact.js';
import { cut } from '../kit/result.js';
import { type MadeCall, type OtherCode, type Running, runSteps, type Sources, sendCall } from '../kit/send-case.js';
import { ExchangeError, type Subject, type WireAnswer, type WireRequest } from '../kit/wire.js';
import type { Evidence } from './calibration.js';
import type { Spending } from './spending.js';

export interface RequestResult {
  readonly operation: Operation;
  readonly evidence: string;
  /** Undefined if there was no response with a code. */
  readonly code: string | undefined;
  /** Why there is no code. */
  readonly reason: Words;
  readonly json: unknown;
  /** Whether the response echoes the request's msgid. */
  readonly echoes: boolean;
  /** Whether the response has the number of the token. Always true at verify, whose responses have no number. */
  readonly numberRight: boolean;
}

export interface RequestToSend {
  readonly operation: Operation;
  readonly testCase: CaseRequest;
  /** Whether its calls use a live token. */
  readonly live: boolean;
  /** The prefix of the evidence's id. */
  readonly label: string;
}

export interface Text {
  readonly operation: Operation;
  readonly code: string;
  readonly text: string;
}

export interface RequestSender {
  send(request: RequestToSend): Promise<RequestResult>;
  evidence(): Readonly<Record<string, Evidence>>;
  /** All received texts with their codes, in order. */
  texts(): readonly Text[];
  latencies(operation: Operation): readonly number[];
}

export interface SenderOptions {
  readonly provider: Provider;
  readonly sources: Sources;
  readonly spending: Spending;
  readonly gapMs: number;
  readonly onSent: () => void;
}

// A failure of the carrier (999, 系统异常): the next response may differ.
const TRANSIENT = ['999'];
export function createSender({ provider, sources, spending, gapMs, onSent }: SenderOptions): RequestSender {
  const evidence: Record<string, Evidence> = {};
  const texts: Text[] = [];
  const latencies = new Map<Operation, number[]>();
  const tokens: string[] = [];
  const counts = new Map<string, number>();
  let sentCount = 0;
  const latenciesOf = (operation: Operation) => latencies.get(operation) ?? [];

  const send = async ({ operation, testCase, live, label }: RequestToSend): Promise<RequestResult> => {
    if (sentCount > 0 && gapMs > 0) await sources.wait(gapMs);
    sentCount += 1;
    const at = new Date(sources.nowMs()).toISOString();
    let last: WireRequest | undefined;
    let body: string | undefined;
    const watched: Subject = {
      send: async (request) => {
        if (live && !spending.take(testCase.id)) throw new ExchangeError(limitReached(spending.limit));
        const startMs = sources.nowMs();
        [last, body] = [request, undefined];
        const answer = await provider.subject(operation).send(request);
        body = answer.body;
        note(operation, answer, sources.nowMs() - startMs);
        return answer;
      },
    };
    const read = await readCase({ operation, testCase, live, watched });
    const redact = evidenceRedactor(provider, tokens);
    const id = nextId(label);
    evidence[id] = {
      case: testCase.id,
      at,
      paid: live,
      request: last === undefined ? '' : redact(requestText(last)),
      response: redact(body ?? wordsIn(read.reason, 'en')),
    };
    onSent();
    return { operation, evidence: id, ...read };
  };

  /** Never rejects: a failure on the way is the reason why there is no code. */
  async function readCase({ operation, testCase, live, watched }: WatchedCase): Promise<ReadAnswer> {
    try {
      const own = await provider.open(operation, testCase);
      const newToken = async () => {
        const issued = await own.newToken();
        if (live) tokens.push(issued.token);
        return issued;
      };
      const caseApp = { ...own, newToken };
      const running = { operation, testCase, caseApp, sources, provider: { ...provider, subject: () => watched } };
      const start = { issued: await newToken(), msgId: undefined, answer: undefined };
      const before = await runSteps(running, testCase.before ?? [], start);
      return readAnswer(running, 'received' in before ? before : await sendCall(running, testCase.when ?? {}, before));
    } catch (error) {
      return noCode(wordsOf(error));
    }
  }

  function note(operation: Operation, answer: WireAnswer, ms: number): void {
    const json = answerFields(operation, answer);
    const code = resultCodeIn(operation, json);
    if (answer.status !== 200 || code === undefined) return;
    latencies.set(operation, [...latenciesOf(operation), Math.max(0, Math.round(ms))]);
    const text = valueAt(json, FACTS[operation].response.text);
    texts.push({ operation, code, text: typeof text === 'string' ? text : '' });
  }

  function shownTexts(): readonly Text[] {
    const redact = evidenceRedactor(provider, tokens);
    return texts.map((row) => ({ ...row, text: redact(row.text) }));
  }

  function nextId(label: string): string {
    const count = (counts.get(label) ?? 0) + 1;
    counts.set(label, count);
    return `${label}-${count}`;
  }

  return { send, evidence: () => evidence, texts: shownTexts, latencies: latenciesOf };
}

interface WatchedCase extends Omit<RequestToSend, 'label'> {
  readonly watched: Subject;
}

type ReadAnswer = Omit<RequestResult, 'operation' | 'evidence'>;

function noCode(reason: Words): ReadAnswer {
  return { code: undefined, reason, json: undefined, echoes: false, numberRight: false };
}

function readAnswer({ operation }: Running, call: MadeCall | OtherCode): ReadAnswer {
  const { answer, request, values } = call;
  if (answer.status !== 200) return noCode(`HTTP ${answer.status}`);
  const json = answerFields(operation, answer);
  const code = resultCodeIn(operation, json);
  if (code === undefined) return noCode(NO_RESULT_CODE);
  if (TRANSIENT.includes(code)) return noCode(code);
  if ('received' in call)
    return noCode({ en: `an earlier call: ${call.received}`, zh: `前一次调用：${call.received}` });
  const { echo, phoneNumber: numberAt } = FACTS[operation].response;
  const msgId = readableMsgId(operation, request.sent);
  return {
    code,
    reason: '',
    json,
    echoes: msgId === undefined || valueAt(json, echo) === msgId,
    numberRight: numberAt === undefined || valueAt(json, numberAt) === values['phoneNumber'],
  };
}

const NO_RESULT_CODE: Bilingual = {
  en: 'the response is not JSON with a result code',
  zh: '响应不是带返回码的 JSON',
};

function limitReached(limit: number): Bilingual {
  return { en: `the limit of ${limit} is reached`, zh: `已达花费上限（${limit} 次）` };
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
