/** The subject of a test, which responds to requests, and the control API that a mock has in addition. */
import {
  BilingualError,
  bilingual,
  COLON,
  type Language,
  type Words,
  wordsIn,
} from '../../src/text/bilingual.js';
import { curlParts } from '../../src/text/curl-command.js';

export interface WireRequest {
  readonly method: string;
  /** Including the query. */
  readonly path: string;
  /** In order. A name can occur several times. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Buffer;
  /** Sends the body in two chunks, without Content-Length. */
  readonly chunked?: boolean;
}

/** The headers of Node's `rawHeaders`: name, value, name, value, … */
export function headerPairs(rawHeaders: readonly string[]): WireRequest['headers'] {
  return rawHeaders.flatMap((name, at) =>
    at % 2 === 0 ? [[name, rawHeaders[at + 1] ?? ''] as const] : [],
  );
}

export interface WireAnswer {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** If the bytes are not UTF-8. */
  readonly charset?: 'GBK' | 'unknown';
}

export interface Subject {
  /** Rejects with an ExchangeError if there is no response. */
  send(request: WireRequest): Promise<WireAnswer>;
}

/** The environment variables of the process. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** A call of the mock's control API, with JSON in both directions. Rejects with an ExchangeError if it is refused or has no response. */
export type ControlCall = (
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
  path: string,
  body?: unknown,
) => Promise<unknown>;

export interface FailedExchange {
  /** `POST http://h/a`. Its text is the call, then the reason. */
  readonly call?: string | undefined;
  /** The code of the connection's error. */
  readonly code?: string | undefined;
}

/** There is no usable response, because of the network or the kit, so there is no result for the subject. */
export class ExchangeError extends BilingualError {
  override readonly name = 'ExchangeError';
  /** Without the call. */
  readonly reason: Words;
  readonly code: string | undefined;

  constructor(reason: Words, { call, code }: FailedExchange = {}) {
    const before = (language: Language) => (call === undefined ? '' : `${call}${COLON[language]}`);
    super(bilingual((language) => `${before(language)}${wordsIn(reason, language)}`));
    this.reason = reason;
    this.code = code;
  }
}

// A request of the kit as a curl command.

export function curlOf(
  baseUrl: string,
  { method, path, headers, body, chunked }: WireRequest,
): string {
  return curlParts({
    options: '-sS',
    method,
    url: `${baseUrl}${path.startsWith('/') ? '' : '/'}${path}`,
    headers: chunked === true ? [...headers, ['transfer-encoding', 'chunked']] : headers,
    ...(body.length > 0 && { body }),
  }).join(' ');
}
