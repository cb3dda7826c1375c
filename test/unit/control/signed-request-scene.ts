/** Creates signed requests and sends them unchanged. */
import type { Bench } from '../../support/control.js';
import { TEST_KEYS } from '../../support/keys.js';
import type { TestApp } from '../../support/mock.js';

export const LOGIN = 'loginTokenValidate';
export const VERIFY = 'tokenValidate';
export const PRIVATE_KEY = TEST_KEYS.demoAppSign.privateKey;
export const KEYS = {
  appVerifyKey: TEST_KEYS.demoAppSign.publicKey,
  appEncryptKey: TEST_KEYS.demoAppDecrypt.publicKey,
};
export const RSA = { signing: 'rsa', privateKey: PRIVATE_KEY };

export type SigningInput = Readonly<Record<string, unknown>>;

export interface SignedRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly stringToSign: string;
  readonly sign: string;
}

export const pathOf = ({ appId }: TestApp) => `/_mock/apps/${appId}/signed-requests`;

export async function signRequest(
  { api }: Bench,
  app: TestApp,
  input: SigningInput,
): Promise<SignedRequest> {
  return (await api.post(pathOf(app)).send(input).expect(200)).body;
}

export async function sendSigned(
  { api }: Bench,
  { path, headers, body }: SignedRequest,
): Promise<string> {
  const answer = await api.post(path).set(headers).send(body).expect(200);
  return answer.body.resultCode ?? answer.body.header.resultCode;
}

export async function resultOf(bench: Bench, app: TestApp, input: SigningInput): Promise<string> {
  return sendSigned(bench, await signRequest(bench, app, input));
}
