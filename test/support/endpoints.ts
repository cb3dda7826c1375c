/** Both operations, for tests of common behaviour: written from the document, not from the code under test. */
import { LOGIN_PATH, mintToken, newApp, type TestApp, VERIFY_PATH } from './mock.js';
import { type Fields, loginRequest, verifyRequest } from './requests.js';

export const PHONE_NUMBER = '13800138000';

export interface Endpoint {
  readonly operation: 'loginTokenValidate' | 'tokenValidate';
  readonly path: string;
  readonly success: string;
  /** The code for a body that is not a JSON object. */
  readonly unreadable: string;
  /** The code for a wrong path or method. */
  readonly urlWrong: string;
  readonly codes: readonly string[];
  request(app: TestApp, token: string): Fields | { readonly header: Fields; readonly body: Fields };
}

export const LOGIN: Endpoint = {
  operation: 'loginTokenValidate',
  path: LOGIN_PATH,
  success: '103000',
  unreadable: '103412',
  urlWrong: '105313',
  codes: [
    '103000',
    '103101',
    '103113',
    '103119',
    '103133',
    '103211',
    '103412',
    '103414',
    '103511',
    '103811',
    '104201',
    '105018',
    '105019',
    '105312',
    '105313',
  ],
  request: (app, token) => loginRequest(app, token),
};

export const VERIFY: Endpoint = {
  operation: 'tokenValidate',
  path: VERIFY_PATH,
  success: '000',
  unreadable: '303',
  urlWrong: '303',
  codes: ['000', '001', '002', '003', '004', '102', '124', '302', '303', '606', '999', '103420'],
  request: (app, token) => verifyRequest(app, { token, phoneNumber: PHONE_NUMBER }),
};

export const ENDPOINTS = [LOGIN, VERIFY] as const;

/** An app and its server. */
export interface Place {
  readonly url: string;
  readonly app: TestApp;
}

export async function placeAt(url: string, settings: object = {}): Promise<Place> {
  return { url, app: await newApp(url, settings) };
}

export function freshToken({ url, app }: Place, { operation }: Endpoint): Promise<string> {
  return mintToken(url, app.appId, { capability: operation });
}

/** Returns a signed request with a fresh token. */
export async function freshRequest(place: Place, endpoint: Endpoint) {
  return endpoint.request(place.app, await freshToken(place, endpoint));
}

/** Returns the result code of a response of either operation. */
export function resultCodeOf(text: string): string {
  const answer: unknown = JSON.parse(text);
  const { resultCode, header } = answer as {
    readonly resultCode?: string;
    readonly header?: Fields;
  };
  return String(resultCode ?? header?.['resultCode']);
}
