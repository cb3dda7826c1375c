/** Clients: bytes on a new connection, signed requests over kept connections, and calls of the control API. */
import { connect } from 'node:net';
import type { Operation } from '../../contracts/index.js';
import { buildRequest } from '../../contracts/kit/build-request.js';
import type { When } from '../../contracts/kit/case.js';
import { FACTS, schemeOf } from '../../contracts/kit/operations.js';
import { beijingTime } from '../../contracts/kit/time.js';

// A response takes milliseconds, or seconds on a very busy machine.
const ANSWER_TIMEOUT_MS = 60_000;

export interface Reply {
  readonly status: number;
  /** By lower-case name. The last header of a name wins. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
}

export interface Replies {
  readonly replies: readonly Reply[];
  /** The bytes after the last complete response. */
  readonly rest: string;
}

/** Writes a complete request and reads its response, or writes any bytes, ends the stream and reads to its end. */
export function sendBytes(url: string, bytes: Buffer, isComplete: boolean): Promise<Replies> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname);
    const chunks: Buffer[] = [];
    const guard = setTimeout(() => {
      socket.destroy();
      reject(new Error('the server did not close the connection within a minute'));
    }, ANSWER_TIMEOUT_MS);
    // After a reset, the event `close` follows.
    socket.on('error', () => undefined);
    socket.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      if (isComplete && repliesIn(Buffer.concat(chunks)).replies.length > 0) socket.destroy();
    });
    socket.on('close', () => {
      clearTimeout(guard);
      resolve(repliesIn(Buffer.concat(chunks)));
    });
    socket.write(bytes);
    // Node drops a response that is not ready when the stream ends.
    if (!isComplete) socket.end();
  });
}

/** Splits bytes into responses, without interim ones. The server sends no chunked body for these requests. */
export function repliesIn(received: Buffer): Replies {
  const replies: Reply[] = [];
  let rest = received;
  for (;;) {
    const headEnd = rest.indexOf('\r\n\r\n');
    if (headEnd === -1) return { replies, rest: rest.toString('latin1') };
    const [statusLine = '', ...lines] = rest.toString('latin1', 0, headEnd).split('\r\n');
    const pairs = lines.map((line) => /^([^:]*):(.*)$/.exec(line) ?? []);
    const headers = new Map(
      pairs.map(([, name = '', value = '']) => [name.toLowerCase(), value.trim()]),
    );
    const bodyAt = headEnd + 4;
    const end = bodyAt + Number(headers.get('content-length') ?? 0);
    if (rest.length < end) return { replies, rest: rest.toString('latin1') };
    const status = Number(statusLine.split(' ')[1]);
    if (status >= 200) replies.push({ status, headers, body: rest.toString('utf8', bodyAt, end) });
    rest = rest.subarray(end);
  }
}

/** A call of the control API that must succeed. */
export async function control<T>(
  url: string,
  method: string,
  path: string,
  body?: unknown,
): Promise<T> {
  const init = body === undefined ? {} : { body: JSON.stringify(body) };
  const response = await fetch(`${url}/_mock${path}`, { method, ...init });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text.slice(0, 200)}`);
  return (text === '' ? undefined : JSON.parse(text)) as T;
}

export async function mintTokens(
  url: string,
  appId: string,
  input: object,
): Promise<readonly string[]> {
  type Minted = { readonly tokens: readonly { readonly token: string }[] };
  const { tokens } = await control<Minted>(url, 'POST', `/apps/${appId}/tokens`, input);
  return tokens.map(({ token }) => token);
}

export const PHONE_NUMBER = '13800138000';
const LIVES_A_DAY_MS = 86_400_000;
const spoiledOf = (operation: Operation): When => ({
  derived: { [FACTS[operation].request.sign]: { separator: '&' } },
});

/** An app under contract without a limit, whose tokens live longer than a run. */
export function appNamed(appId: string, settings: object = {}) {
  const credentials = { appId, appKey: `key-of-${appId}`, appSecret: `secret-of-${appId}` };
  return {
    ...credentials,
    contracted: true,
    callPackage: null,
    tokenTtlMs: LIVES_A_DAY_MS,
    ...settings,
  };
}

export interface Signed {
  readonly operation: Operation;
  readonly token: string;
  readonly appId: string;
  readonly phoneNumber?: string;
  /** Makes the signature invalid. */
  readonly spoiled?: boolean;
}

/** Sends a signed request and resolves to its result code. */
export async function resultOf(
  url: string,
  { operation, spoiled, ...given }: Signed,
): Promise<string> {
  const { appKey, appSecret } = appNamed(given.appId);
  const values = {
    appKey,
    appSecret,
    msgId: 'bed1dc7f6cd645b9be9006ae08040c93',
    time: beijingTime(Date.now()),
  };
  const { signing } = schemeOf(operation);
  const signed = {
    operation,
    signing,
    values: { phoneNumber: PHONE_NUMBER, ...values, ...given },
  } as const;
  const { path, body } = buildRequest(signed, spoiled === true ? spoiledOf(operation) : {}).wire;
  const response = await fetch(url + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
  });
  const text = await response.text();
  return (
    /"resultCode":"(\w+)"/.exec(text)?.[1] ??
    `no result code in ${JSON.stringify(text.slice(0, 100))}`
  );
}
