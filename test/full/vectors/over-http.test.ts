/** One malformed vector of each kind is sent to a running server. It returns the documented code and an explanation, and logs nothing. test/kit runs every vector with the engine. */
import { afterAll, beforeAll, expect, type MockInstance, test, vi } from 'vitest';
import { createMockServer, type MockServer } from '../../../mock-server/server.js';
import { isAccepted, ofType, text, type VectorType } from '../../kit/vectors/vector-files.js';
import { LAX, REQUESTED, requestOf, type VectorRequest } from '../../kit/vectors/vector-requests.js';
import { resultCodeOf } from '../../support/endpoints.js';
import { LOGIN_PATH, mintToken, newApp, send, VERIFY_PATH } from '../../support/mock.js';

const PATHS = { loginTokenValidate: LOGIN_PATH, tokenValidate: VERIFY_PATH } as const;

/** A key that is equal in all groups of a type. */
function keyOf(type: VectorType, name: string): string {
  return text(ofType(type)[0]?.group ?? {}, name);
}

let server: MockServer;
let logged: MockInstance;

beforeAll(async () => {
  // Exceptions in a decision are caught and written here.
  logged = vi.spyOn(process.stderr, 'write');
  const platformKey = keyOf('TokenValidatePhoneNumDecrypt', 'platformPrivateKey');
  server = await createMockServer({ configuration: { platformKey, apps: [] } });
});

afterAll(async () => {
  await server.close();
  logged.mockRestore();
});

const allWrong = REQUESTED.filter((vector) => vector.file.includes('-malformed') && !isAccepted(vector));
/** The first of each file with these flags. */
const wrong = [...new Map(allWrong.toReversed().map((vector) => [`${vector.file} ${vector.flags}`, vector])).values()];
const isWeak = ({ flags }: { readonly flags: readonly string[] }) => flags.includes('WeakKey');

function appOf({ settings, operation }: VectorRequest) {
  // Login with RSA requires it.
  const appEncryptKey = keyOf('LoginMsisdnDecrypt', 'appEncryptKey');
  return { ...settings, appEncryptKey, capabilities: [operation], readings: LAX };
}

/** Replaces the app by one with the vector's settings. Returns the URL. */
async function serverFor(request: VectorRequest): Promise<string> {
  const { url } = server;
  const { appId } = request.settings;
  await send(url, 'DELETE', `/_mock/apps/${appId}`);
  await newApp(url, appOf(request));
  const { token, phoneNumber, operation: capability } = request;
  await mintToken(url, appId, { token, phoneNumber, capability });
  return url;
}

test.each(wrong.filter((vector) => !isWeak(vector)))('$name is refused and explained', async (vector) => {
  const request = requestOf(vector);
  const url = await serverFor(request);
  logged.mockClear();
  const answer = await send(url, 'POST', PATHS[request.operation], request.body);
  expect(answer.status).toBe(200);
  expect(request.refusals).toContain(resultCodeOf(answer.text));
  const id = answer.headers.get('x-mock-request-id') ?? '';
  const { status, json } = await send(url, 'GET', `/_mock/requests/${id}/explanation`);
  expect(status).toBe(200);
  expect(json.gates.filter((gate: { readonly outcome: string }) => gate.outcome === 'unmet')).toHaveLength(1);
  expect(json.findings).not.toEqual([]);
  expect(logged).not.toHaveBeenCalled();
});

test.each(wrong.filter(isWeak))('$name is refused when its key is registered', async (vector) => {
  const { status, json } = await send(server.url, 'POST', '/_mock/apps', appOf(requestOf(vector)));
  expect([status, json.pointer]).toEqual([400, '/appVerifyKey']);
});
