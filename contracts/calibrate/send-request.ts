/** Sends one request of a calibration and reads the response: its code, or the reason why it has none. */

import { wordsIn } from '../../src/text/bilingual.js';
import { parsedJson } from '../../src/text/shown-json.js';
import { wordsOf } from '../../src/text/usage-error.js';
import type { Operation } from '../index.js';
import type { Case, CaseRequest } from '../kit/case.js';
import type { IssuedToken } from '../kit/control.js';
import type { CaseApp, Provider } from '../kit/provider.js';
import { keyOf } from '../kit/reading-cases.js';
import { type Redact, redactor } from '../kit/redact.js';
import { cut } from '../kit/result.js';
import { type Running, runSteps, type Sources, sendCall } from '../kit/send-case.js';
import { ExchangeError, type Subject, type WireRequest } from '../kit/wire.js';
import { answerDifferences } from '../provider/check-answer.js';
import type { Evidence } from './calibration.js';
import {
  noCode,
  type ReadAnswer,
  type RequestResult,
  readAnswer,
  readOtherCode,
  type SeenResponse,
  seenResponse,
} from './read-answer.js';
import type { Spending } from './spending.js';

export interface RequestToSend {
  readonly operation: Operation;
  readonly testCase: CaseRequest;
  /** Whether its calls use a live token. */
  readonly live: boolean;
  /** The case whose expectations the response is compared with. */
  readonly judgedAs?: Case;
  /** The prefix of the evidence's id. */
  readonly label: string;
  /** Presents this token. */
  readonly issued?: IssuedToken | undefined;
  /** Whether only that token will do: an interrupted run has the answers to its calls, but not their tokens. */
  readonly isSameToken?: boolean;
  /** The operation that the token is for, if it is another one. */
  readonly tokenOf?: Operation;
  /** The encoding that the carrier accepts, if it is not that of the template. */
  readonly rsaEncoding?: 'hex' | undefined;
  /** Whether the call before it may get any code. The result then has that call too. */
  readonly isAnyCodeBefore?: boolean;
  /** The msgid that it repeats, if no call before it has one. */
  readonly msgIdBefore?: string | undefined;
}

export interface RequestSender {
  /** Never rejects: a failure on the way is the reason why there is no code. */
  send(request: RequestToSend): Promise<RequestResult>;
  evidence(): Readonly<Record<string, Evidence>>;
  /** The carrier, whose responses are noted. A live call is taken from the limit before it is sent. */
  watched(request: { readonly id: string; readonly live: boolean }): Provider;
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

export function createSender(options: SenderOptions): RequestSender {
  const { provider, sources, spending, gapMs, onSent } = options;
  const evidence: Record<string, Evidence> = {};
  const newId = numbered();
  const own = new Set<string>();
  const redactNow = evidenceRedactor(provider, own);
  const exchanges: Exchanges = { ...options, responses: [], own, redactNow };
  let sentCount = 0;

  return {
    send: async (request) => {
      const { operation, label } = request;
      const id = newId(label);
      const key = answerKey(id, request);
      const kept = key === undefined ? undefined : spending.answered<PaidAnswer>(key);
      if (kept !== undefined) {
        evidence[id] = kept.evidence;
        return { operation, evidence: id, issued: undefined, ...kept.read };
      }
      if (isTokenLost(request))
        return { operation, evidence: '', issued: undefined, ...noCode(TOKEN_LOST) };
      if (sentCount > 0 && gapMs > 0) await sources.wait(gapMs);
      sentCount += 1;
      const { seen, issued, read } = await sendAndRead(exchanges, request);
      evidence[id] = seen;
      if (key !== undefined) keepAnswer(spending, key, { seen, read });
      onSent?.();
      return { operation, evidence: id, issued, ...read };
    },
    evidence: () => evidence,
    watched: ({ id, live }) => ({
      ...provider,
      open: async (operation, testCase) => openedApp(exchanges, { operation, testCase, live }),
      subject: (operation) =>
        watchedSubject(exchanges, { operation, testCase: { id }, live }, newWatched()),
    }),
    responses: () => {
      const redact = redactNow();
      return exchanges.responses.map((row) => ({ ...row, text: redact(row.text) }));
    },
  };
}

interface PaidAnswer {
  readonly evidence: Evidence;
  readonly read: ReadAnswer;
}

/** A gateway's response is no answer: the next run asks again. */
function keepAnswer(
  spending: Spending,
  key: string,
  { seen, read }: Pick<SentAndRead, 'seen' | 'read'>,
): void {
  if (!read.isAnswered) return;
  const json = read.json && parsedJson(seen.response);
  const earlier = read.earlier && { ...read.earlier, json: undefined };
  spending.keep(key, { evidence: seen, read: { ...read, json, earlier } });
}

function isTokenLost({ isSameToken = false, issued }: RequestToSend): boolean {
  return isSameToken && issued === undefined;
}

const TOKEN_LOST = { en: 'its token is lost', zh: '它的 token 已丢失' };

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
  readonly redactNow: () => Redact;
}

/** The last exchange of a request. Its body is undefined without a response. */
interface Watched {
  request: WireRequest | undefined;
  body: string | undefined;
}

function newWatched(): Watched {
  return { request: undefined, body: undefined };
}

interface SentAndRead {
  readonly seen: Evidence;
  readonly issued: IssuedToken | undefined;
  readonly read: ReadAnswer;
}

async function sendAndRead(exchanges: Exchanges, request: RequestToSend): Promise<SentAndRead> {
  const { provider, sources, redactNow } = exchanges;
  const { operation, testCase, live } = request;
  const at = new Date(sources.nowMs()).toISOString();
  const last = newWatched();
  let issued: IssuedToken | undefined;
  const sendCase = async (): Promise<ReadAnswer> => {
    const caseApp = await openedApp(exchanges, request);
    issued = request.issued ?? (await caseApp.newToken());
    const subject = () => watchedSubject(exchanges, request, last);
    const { rsaEncoding } = request;
    const running = {
      ...{ operation, testCase, caseApp, sources, rsaEncoding },
      provider: { ...provider, subject },
    };
    return callAndRead(running, request, issued);
  };
  const read = await sendCase().catch((error: unknown) => noCode(wordsOf(error)));
  const redact = redactNow();
  const seen: Evidence = {
    case: testCase.id,
    at,
    paid: live,
    request: last.request === undefined ? '' : redact(requestText(last.request)),
    response: redact(last.body ?? wordsIn(read.reason, 'en')),
  };
  return { seen, issued, read };
}

/** The app of the case. Its tokens can be for another operation. Its appId and live tokens are remembered. */
async function openedApp(
  { provider, own }: Exchanges,
  { operation, testCase, live, tokenOf = operation }: Omit<RequestToSend, 'label'>,
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
  { provider, spending, responses }: Exchanges,
  { operation, testCase, live }: Omit<RequestToSend, 'label'>,
  last: Watched,
): Subject {
  return {
    send: async (wire) => {
      if (live && !spending.take(testCase.id)) throw limitReached(spending.limit);
      last.request = wire;
      last.body = undefined;
      const answer = await provider.subject(operation).send(wire);
      last.body = answer.body;
      responses.push(...seenResponse(operation, answer));
      return answer;
    },
  };
}

async function callAndRead(
  running: Running,
  { operation, testCase, judgedAs, isAnyCodeBefore = false, msgIdBefore }: RequestToSend,
  issued: IssuedToken,
): Promise<ReadAnswer> {
  const start = { issued, msgId: msgIdBefore, answer: undefined };
  const before = await runSteps(running, testCase.before ?? [], start);
  const judged = testCase.when ?? {};
  if (!('received' in before)) {
    const call = await sendCall(running, judged, before);
    const read = readAnswer(operation, call);
    if (judgedAs === undefined) return read;
    const compared = { ...call, operation, testCase: judgedAs, answerBefore: undefined };
    const found = answerDifferences({ ...compared, firstOnly: false });
    return { ...read, differences: found.map(keyOf) };
  }
  if (!isAnyCodeBefore) return readOtherCode(operation, before);
  const earlier = readAnswer(operation, before);
  const progress = { issued, msgId: before.msgId, answer: undefined };
  return { ...readAnswer(operation, await sendCall(running, judged, progress)), earlier };
}

/** The same for the same request of the next run. Undefined for a request whose answer is not kept. */
function answerKey(id: string, { testCase, tokenOf, live }: RequestToSend): string | undefined {
  if (!live) return undefined;
  const { given, before, when } = testCase;
  return `${id} ${JSON.stringify([tokenOf, given, before, when])}`;
}

function limitReached(limit: number): ExchangeError {
  return new ExchangeError({
    en: `the limit of ${limit} is reached`,
    zh: `已达花费上限（${limit} 次）`,
  });
}

const LENGTH_MAX = 2000;
const REUSABLE = /("(?:sign|phoneNum)"\s*:\s*")[^"]*"/g;

/**
 * The redactor of the values that the run has used until now.
 * @param own The appId and the used live tokens. Those of a real carrier can have a format that no pattern matches.
 */
export function evidenceRedactor(provider: Provider, own: ReadonlySet<string>): () => Redact {
  let known: { readonly count: number; readonly redact: Redact } | undefined;
  return () => {
    const { secrets, phoneNumbers } = provider.hidden();
    const count = secrets.length + phoneNumbers.length + own.size;
    // Values are only added.
    if (known?.count !== count)
      known = { count, redact: remembered(textRedactor([...secrets, ...own], phoneNumbers)) };
    return known.redact;
  };
}

function textRedactor(secrets: readonly string[], phoneNumbers: readonly string[]): Redact {
  const redact = redactor({ secrets, phoneNumbers });
  return (text) => cut(redact(text.replace(REUSABLE, '$1[hidden]"')), LENGTH_MAX);
}

/** Most responses have the same texts. */
function remembered(redact: Redact): Redact {
  const known = new Map<string, string>();
  return (text) => {
    const redacted = known.get(text) ?? redact(text);
    known.set(text, redacted);
    return redacted;
  };
}

export function requestText({ method, path, headers, body }: WireRequest): string {
  const lines = headers.map(([name, value]) => `${name}: ${value}`);
  return [`${method} ${path}`, ...lines, '', body.toString()].join('\n');
}
