/** Calls a carrier and its control API without a socket, with the methods of supertest that the tests use. */
import { isDeepStrictEqual } from 'node:util';
import { createAnswer } from '../../mock-server/carrier/answer.js';
import type { Carrier } from '../../mock-server/carrier/carrier.js';
import { createControlApi } from '../../mock-server/control-api/control-api.js';
import type { ControlOptions } from '../../mock-server/control-api/route.js';
import { holdAnswers } from '../../mock-server/http/deliver.js';
import { exchange, type InProcessEndpoint } from '../../mock-server/in-process/in-process-fetch.js';

export interface DirectAnswer {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: as in supertest
  readonly headers: any;
  /** The media type. */
  readonly type: string;
  readonly text: string;
  /** The JSON of the text; `{}` if it is not JSON. */
  // biome-ignore lint/suspicious/noExplicitAny: tests read fields of answers that differ by call
  readonly body: any;
}

const BASE = 'http://127.0.0.1';
const METHODS = ['get', 'head', 'post', 'put', 'patch', 'delete', 'options'] as const;

/** It is sent when it is awaited. */
export interface ApiCall extends PromiseLike<DirectAnswer> {
  set(name: string, value: string): this;
  set(headers: object): this;
  /** The Content-Type. */
  type(name: string): this;
  /** An object is sent as JSON, anything else unchanged. */
  send(body?: object | string): this;
  /** Checks the status and optionally the body. */
  expect(status: number, body?: unknown): this;
  expect(header: string, value: string | RegExp): this;
}

export type Api = { readonly [M in (typeof METHODS)[number]]: (path: string) => ApiCall };

export function directApi(carrier: Carrier, options: Partial<ControlOptions> = {}): Api {
  const endpoint: InProcessEndpoint = {
    answerCarrier: createAnswer(carrier),
    answerControl: createControlApi(carrier, {
      controlToken: undefined,
      caPem: undefined,
      ...options,
    }).answer,
    held: holdAnswers(new AbortController().signal),
    basePath: '',
    clientIp: '127.0.0.1',
  };
  const calls = METHODS.map((method) => [
    method,
    (path: string) => new DirectCall(endpoint, method, path),
  ]);
  return Object.fromEntries(calls) as unknown as Api;
}

class DirectCall implements ApiCall {
  readonly #endpoint: InProcessEndpoint;
  readonly #target: string;
  readonly #method: string;
  readonly #headers = new Headers();
  readonly #checks: ((answer: DirectAnswer) => string | undefined)[] = [];
  #body: Uint8Array | undefined;

  constructor(endpoint: InProcessEndpoint, method: string, path: string) {
    this.#endpoint = endpoint;
    this.#method = method.toUpperCase();
    this.#target = path;
  }

  set(name: string | object, value = ''): this {
    const headers: Readonly<Record<string, string>> =
      typeof name === 'string' ? { [name]: value } : { ...name };
    for (const [key, text] of Object.entries(headers)) this.#headers.set(key, text);
    return this;
  }

  type(name: string): this {
    return this.set('content-type', name === 'json' ? 'application/json' : name);
  }

  send(body: object | string = {}): this {
    const isObject = typeof body === 'object' && !(body instanceof Uint8Array);
    if (isObject && !this.#headers.has('content-type'))
      this.set('content-type', 'application/json');
    this.#body =
      body instanceof Uint8Array ? body : Buffer.from(isObject ? JSON.stringify(body) : body);
    return this;
  }

  expect(what: number | string, value?: unknown): this {
    this.#checks.push(
      typeof what === 'string'
        ? ({ headers }) =>
            headerProblem(what, headers[what.toLowerCase()], value as string | RegExp)
        : (answer) => statusProblem(answer, what) ?? bodyProblem(answer, value),
    );
    return this;
  }

  // biome-ignore lint/suspicious/noThenProperty: a call is awaited, as in supertest
  async then<A = DirectAnswer, B = never>(
    done?: ((answer: DirectAnswer) => A | PromiseLike<A>) | null,
    failed?: ((error: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    return this.#sent().then(done, failed);
  }

  async #sent(): Promise<DirectAnswer> {
    const request = {
      method: this.#method,
      url: new URL(BASE + this.#target),
      headers: this.#headers,
    };
    const response = await exchange(this.#endpoint, {
      ...request,
      body: this.#body,
      signal: undefined,
    });
    const text = await response.text();
    const headers = Object.fromEntries(response.headers);
    const type = headers['content-type']?.split(';')[0] ?? '';
    const answer = { status: response.status, headers, type, text, body: parsed(text) };
    const problem = this.#checks.map((check) => check(answer)).find((each) => each !== undefined);
    if (problem !== undefined) throw new Error(`${this.#method} ${this.#target}: ${problem}`);
    return answer;
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}

function statusProblem({ status, text }: DirectAnswer, expected: number): string | undefined {
  return status === expected ? undefined : `expected ${expected}, got ${status} ${text}`;
}

function bodyProblem({ body, text }: DirectAnswer, expected: unknown): string | undefined {
  if (expected === undefined || text === expected || isDeepStrictEqual(body, expected))
    return undefined;
  return `expected the body ${JSON.stringify(expected)}, got ${text}`;
}

function headerProblem(
  name: string,
  found: string | undefined,
  expected: string | RegExp,
): string | undefined {
  const matches = typeof expected === 'string' ? found === expected : expected.test(found ?? '');
  return matches ? undefined : `expected ${name} ${expected}, got ${found}`;
}
