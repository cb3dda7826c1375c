/** A running server, and new apps for tests. */
import { onTestFinished } from 'vitest';
import {
  createMockServer,
  type MockServer,
  type MockServerOptions,
} from '../../mock-server/server.js';
import type { Credentials } from './requests.js';

export interface TestApp extends Credentials {
  readonly platformPublicKey: string;
  readonly appSignPrivateKey?: string;
  readonly appDecryptPrivateKey?: string;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests read fields of answers that differ by call
  readonly json: any;
}

export const LOGIN_PATH = '/unisdk/rsapi/loginTokenValidate';
export const VERIFY_PATH = '/openapi/rs/tokenValidate';

let shared: Promise<MockServer> | undefined;

/** The server that all tests of a worker share, each with its own app. It ends with the worker. */
export function sharedMock(): Promise<Omit<MockServer, 'close' | typeof Symbol.asyncDispose>> {
  shared ??= createMockServer();
  return shared;
}

/** Starts a server for a test that changes, watches or closes it. */
export async function startMock(options: MockServerOptions = {}): Promise<MockServer> {
  const server = await createMockServer(options);
  onTestFinished(() => server.close());
  return server;
}

/** Sends `body` as JSON, or unchanged if it is a string. */
export async function send(
  base: string,
  method: string,
  path: string,
  body?: unknown,
  headers: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  const init =
    body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) };
  const response = await fetch(base + path, {
    method,
    headers: { 'content-type': 'application/json', ...headers },
    ...init,
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, json: parsed(text) };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export async function newApp(base: string, settings: object = {}): Promise<TestApp> {
  const { status, json, text } = await send(base, 'POST', '/_mock/apps', settings);
  if (status !== 201) throw new Error(text);
  return json;
}

export async function mintToken(base: string, appId: string, input: object = {}): Promise<string> {
  const { status, json, text } = await send(base, 'POST', `/_mock/apps/${appId}/tokens`, input);
  if (status !== 201) throw new Error(text);
  return json.token;
}

export function login(base: string, request: unknown): Promise<Answer> {
  return send(base, 'POST', LOGIN_PATH, request);
}

export function verify(base: string, request: unknown): Promise<Answer> {
  return send(base, 'POST', VERIFY_PATH, request);
}
