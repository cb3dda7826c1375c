/** A running mock, spoken to by the client of its control API. */

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

/** An app at the shared server, or at a server of its own where options are given. */
export async function clientPlace(options?: MockServerOptions): Promise<ClientPlace> {
  const { url } = await (options === undefined ? sharedMock() : startMock(options));
  const mock = connectMock({ url, ...(options?.controlToken !== undefined && { controlToken: options.controlToken }) });
  const app = await mock.createApp({ capabilities: ['loginTokenValidate', 'tokenValidate', 'smsFallback'] });
  return { url, mock, app };
}

/** login, with a fresh token unless one is given. */
export async function signIn({ url, app }: ClientPlace, token?: string, changes: Fields = {}): Promise<Answer> {
  return login(url, loginRequest(app, token ?? (await app.mint()).token, changes));
}

/** verify, of the number that the token is for unless another is given. */
export async function verifyNumber({ url, app }: ClientPlace, phoneNumber = PHONE_NUMBER): Promise<Answer> {
  const { token } = await app.mint({ phoneNumber: PHONE_NUMBER, capability: 'tokenValidate' });
  return verify(url, verifyRequest(app, { token, phoneNumber }));
}

export function requestIdOf({ headers }: Answer): string {
  return headers.get('x-mock-request-id') ?? '';
}

/** What a promise rejects with. */
export async function rejection(promise: Promise<unknown>): Promise<Error> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof Error) return error;
  }
  throw new Error('it did not reject with an Error');
}
