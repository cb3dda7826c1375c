/** A subject over HTTP or HTTPS. It sends the bytes of a case unchanged, including repeated headers. */
import http from 'node:http';
import https from 'node:https';
import { type Bilingual, BilingualError } from '../../src/text/bilingual.js';
import { readPieces } from '../../src/text/response-body.js';
import { ExchangeError, type Subject, type WireAnswer, type WireRequest } from './wire.js';

export interface HttpSubjectOptions {
  /** Without a trailing slash. */
  readonly baseUrl: string;
  readonly timeoutMs: number;
  /** Whether requests share connections, which takes a fraction of the processor time. By default no request is affected by an earlier one. */
  readonly keepAlive?: boolean;
}

// Far below the idle timeout of servers, so that no connection is reused while the server closes it.
const IDLE_MS = 1000;

const MIB = 1024 * 1024;
/** A carrier's response has about 250 bytes. The longest of a mock is an explanation. */
const RESPONSE_BYTES_MAX = 4 * MIB;
const TOO_LARGE: Bilingual = {
  en: `a response of more than ${RESPONSE_BYTES_MAX / MIB} MiB`,
  zh: `响应超过 ${RESPONSE_BYTES_MAX / MIB} MiB`,
};

export function httpSubject({
  baseUrl,
  timeoutMs,
  keepAlive = false,
}: HttpSubjectOptions): Subject {
  const { request: open, Agent } = baseUrl.startsWith('https:') ? https : http;
  const agent = keepAlive && new Agent({ keepAlive: true, timeout: IDLE_MS });
  return {
    send: (request) =>
      new Promise((resolve, reject) => {
        const target = `${baseUrl}${request.path}`;
        const fail = (error: NodeJS.ErrnoException) => {
          const unknown = { en: 'no connection', zh: '连接失败' };
          const reason = error instanceof BilingualError ? error.words : error.message || unknown;
          const call = `${request.method} ${target}`;
          reject(new ExchangeError(reason, { call, code: error.code }));
        };
        const outgoing = open(target, { method: request.method, agent, setHost: true });
        const timer = setTimeout(() => outgoing.destroy(timeoutError(timeoutMs)), timeoutMs);
        setHeaders(outgoing, request);
        outgoing.on('response', (response) => collect(response).then(resolve, fail));
        outgoing.on('error', fail);
        outgoing.on('close', () => clearTimeout(timer));
        // In two chunks, if the request is chunked.
        const half = request.chunked === true ? Math.floor(request.body.length / 2) : undefined;
        if (half !== undefined) outgoing.write(request.body.subarray(0, half));
        outgoing.end(request.body.subarray(half));
      }),
  };
}

function timeoutError(timeoutMs: number): NodeJS.ErrnoException {
  const words = {
    en: `no complete response in ${timeoutMs} ms`,
    zh: `${timeoutMs} 毫秒内没有完整的响应`,
  };
  return Object.assign(new BilingualError(words), { code: 'ETIMEDOUT' });
}

function setHeaders(outgoing: http.ClientRequest, { headers, body, chunked }: WireRequest): void {
  for (const name of new Set(headers.map(([one]) => one))) {
    const values = headers.filter(([one]) => one === name).map(([, value]) => value);
    outgoing.setHeader(name, values.length === 1 ? (values[0] ?? '') : values);
  }
  if (chunked !== true && body.length > 0) outgoing.setHeader('content-length', body.length);
}

async function collect(response: http.IncomingMessage): Promise<WireAnswer> {
  const pieces = await readPieces(response, { bytesMax: RESPONSE_BYTES_MAX });
  if (pieces === undefined) throw new BilingualError(TOO_LARGE);
  const sent = Object.entries(response.headers);
  const headers = Object.fromEntries(
    sent.map(([name, value]) => [name, [value ?? ''].flat().join(', ')]),
  );
  return { status: response.statusCode ?? 0, headers, ...textIn(Buffer.concat(pieces)) };
}

/** Decodes the charsets of Chinese servers. A byte order mark is kept. */
function textIn(bytes: Buffer): Pick<WireAnswer, 'body' | 'charset'> {
  const decoded = (label: string) =>
    new TextDecoder(label, { fatal: true, ignoreBOM: true }).decode(bytes);
  try {
    return { body: decoded('utf-8') };
  } catch {
    // Another charset.
  }
  try {
    return { body: decoded('gbk'), charset: 'GBK' };
  } catch {
    return { body: bytes.toString(), charset: 'unknown' };
  }
}

const TOO_MANY_REQUESTS = 429;
const ATTEMPTS_MAX = 4;
const WAIT_S_MAX = 60;

/** Waits as long as a carrier requires (RFC 9110, 10.2.3), and sends the request again. A carrier that still refuses it does not judge it. */
export function waitingSubject(subject: Subject, wait: (ms: number) => Promise<void>): Subject {
  const send = async (request: WireRequest, attempt: number): Promise<WireAnswer> => {
    const answer = await subject.send(request);
    const { 'retry-after': seconds = '' } = answer.headers;
    if (answer.status !== TOO_MANY_REQUESTS || !/^\d{1,5}$/.test(seconds)) return answer;
    if (attempt === ATTEMPTS_MAX || Number(seconds) > WAIT_S_MAX)
      throw new ExchangeError({
        en: `not judged: HTTP 429 with Retry-After: ${seconds}. Set a longer pacing.gapMs in the profile`,
        zh: `没能判定：HTTP 429，Retry-After: ${seconds}。请在 profile 里加大 pacing.gapMs`,
      });
    await wait(Number(seconds) * 1000);
    return send(request, attempt + 1);
  };
  return { send: (request) => send(request, 1) };
}
