/** Sends one request of a calibration and reads the response: its code, or the reason why it has none. */
import type { Operation } from '../index.js';
import type { Case } from '../provider/case.js';
import type { Provider } from '../provider/case-app.js';
import { parsedJson, resultCodeIn } from '../provider/check-answer.js';
import { runCase, type Sources } from '../provider/run-case.js';
import { ExchangeError, type WireAnswer, type WireRequest } from '../provider/subject.js';
import { type CaseResult, EARLIER_CALL } from '../results/result.js';
import { valueAt } from '../sign/pointer.js';
import type { Evidence } from './calibration.js';
import { evidenceRedactor, requestText } from './evidence.js';
import type { Spending } from './spending.js';
import { TEXT } from './visible-readings.js';

export interface RequestResult {
  readonly operation: Operation;
  readonly evidence: string;
  /** Undefined if there was no response with a code. */
  readonly code: string | undefined;
  /** Why there is no code. */
  readonly reason: string;
  readonly json: unknown;
  /** Whether the response echoes the request's msgid. */
  readonly echoes: boolean;
  /** Whether the response has the number of the token. Always true at verify, whose responses have no number. */
  readonly numberRight: boolean;
}

export interface RequestToSend {
  readonly operation: Operation;
  readonly testCase: Case;
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

interface Exchange {
  readonly request: WireRequest;
  readonly answer: WireAnswer | undefined;
}

// A failure of the carrier (999, 系统异常): the next response may differ.
const TRANSIENT = ['999'];
const ECHO: Readonly<Record<Operation, string>> = {
  loginTokenValidate: '/inresponseto',
  tokenValidate: '/header/msgId',
};

export function createSender({ provider, sources, spending, gapMs, onSent }: SenderOptions): RequestSender {
  const evidence: Record<string, Evidence> = {};
  const texts: Text[] = [];
  const latencies: Record<Operation, number[]> = { loginTokenValidate: [], tokenValidate: [] };
  const tokens: string[] = [];
  const counts = new Map<string, number>();
  let sentCount = 0;

  const send = async ({ operation, testCase, live, label }: RequestToSend): Promise<RequestResult> => {
    if (sentCount > 0 && gapMs > 0) await sources.wait(gapMs);
    sentCount += 1;
    const at = new Date(sources.nowMs()).toISOString();
    const exchanges: Exchange[] = [];
    const watched = watchedProvider();
    const result = await runCase(operation, testCase, { provider: watched, sources });
    const last = exchanges.at(-1);
    const read = readAnswer(operation, result, last?.answer);
    const redact = evidenceRedactor(provider, tokens);
    const id = nextId(label);
    evidence[id] = {
      case: testCase.id,
      at,
      paid: live,
      request: last === undefined ? '' : redact(requestText(last.request)),
      response: redact(last?.answer?.body ?? read.reason),
    };
    onSent();
    return { operation, evidence: id, ...read };

    function watchedProvider(): Provider {
      return {
        ...provider,
        open: async (...args) => {
          const caseApp = await provider.open(...args);
          return {
            ...caseApp,
            newToken: async () => {
              const issued = await caseApp.newToken();
              if (live) tokens.push(issued.token);
              return issued;
            },
          };
        },
        subject: () => ({
          send: async (request) => {
            if (live && !spending.take(testCase.id))
              throw new ExchangeError(`the limit of ${spending.limit} is reached`);
            const startMs = sources.nowMs();
            exchanges.push({ request, answer: undefined });
            const answer = await provider.subject(operation).send(request);
            exchanges[exchanges.length - 1] = { request, answer };
            note(operation, answer, sources.nowMs() - startMs);
            return answer;
          },
        }),
      };
    }
  };

  function note(operation: Operation, answer: WireAnswer, ms: number): void {
    const json = parsedJson(answer.body);
    const code = resultCodeIn(operation, json);
    if (answer.status !== 200 || code === undefined) return;
    latencies[operation].push(Math.max(0, Math.round(ms)));
    const text = valueAt(json, TEXT[operation]);
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

  return { send, evidence: () => evidence, texts: shownTexts, latencies: (operation) => latencies[operation] };
}

function readAnswer(
  operation: Operation,
  { reason, differences }: CaseResult,
  answer: WireAnswer | undefined,
): Pick<RequestResult, 'code' | 'reason' | 'json' | 'echoes' | 'numberRight'> {
  const none = (why: string) => ({ code: undefined, reason: why, json: undefined, echoes: false, numberRight: false });
  if (answer === undefined || reason !== undefined) return none(reason ?? 'no response');
  if (answer.status !== 200) return none(`HTTP ${answer.status}`);
  const json = parsedJson(answer.body);
  const code = resultCodeIn(operation, json);
  if (code === undefined) return none('the response is not JSON with a result code');
  if (TRANSIENT.includes(code)) return none(code);
  const before = differences.find(({ about }) => about === EARLIER_CALL);
  if (before !== undefined) return none(`an earlier call: ${before.received}`);
  const differs = (at: string) => differences.some(({ about }) => about === at);
  return { code, reason: '', json, echoes: !differs(ECHO[operation]), numberRight: !differs('/msisdn') };
}
