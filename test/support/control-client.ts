/** A running mock, used through the client of its control API. */

import type { MockServerOptions } from '../../mock-server/server.js';
import { connectMock, type Mock, type MockApp } from '../../src/control/index.js';
import { type Answer, login, sharedMock, startMock, verify } from './mock.js';
import { type Fields, loginRequest, verifyRequest } from './requests.js';

export const PHONE_NUMBER = '13800138000';

export interface ClientPlace {
  readonly url: string;
  readonly mock: Mock;
  readonly app: MockApp;
}

/** Creates an app at the shared server, or with options at a new server. */
export async function clientPlace(options?: MockServerOptions): Promise<ClientPlace> {
  const { url } = await (options === undefined ? sharedMock() : startMock(options));
  const mock = connectMock({ url });
  const app = await mock.createApp({
    capabilities: ['loginTokenValidate', 'tokenValidate', 'smsFallback'],
  });
  return { url, mock, app };
}

/** login. By default, with a fresh token. */
export async function signIn(
  { url, app }: ClientPlace,
  token?: string,
  changes: Fields = {},
): Promise<Answer> {
  return login(url, loginRequest(app, token ?? (await app.mint()).token, changes));
}

/** verify. By default, with the token's number. */
export async function verifyNumber(
  { url, app }: ClientPlace,
  phoneNumber = PHONE_NUMBER,
): Promise<Answer> {
  const { token } = await app.mint({ phoneNumber: PHONE_NUMBER, capability: 'tokenValidate' });
  return verify(url, verifyRequest(app, { token, phoneNumber }));
}

export function requestIdOf({ headers }: Answer): string {
  return headers.get('x-mock-request-id') ?? '';
}

/** Returns the error of a rejected promise. */
export async function rejection(promise: Promise<unknown>): Promise<Error> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof Error) return error;
  }
  throw new Error('the promise did not reject with an Error');
}
