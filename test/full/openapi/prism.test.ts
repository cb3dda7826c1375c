/** Prism can use the OpenAPI document: the client parses the responses of Prism's mock, and its proxy accepts the mock's real traffic. */
import { beforeAll, describe, expect, test } from 'vitest';
import { RESULT_CODES } from '../../../contracts/index.js';
import { createMockServer, type MockServer } from '../../../mock-server/server.js';
import type { MockApp } from '../../../src/control/index.js';
import { type CmpassportClient, createCmpassportClient, type Fetch } from '../../../src/index.js';
import { ALL_CAPABILITIES, APP, keysOf, serve } from '../../http/client/scene.js';
import { send } from '../../support/mock.js';
import { readVectors } from '../../support/vectors.js';
import { ANSWERS, exampleOf, type NamedExample, REQUESTS, resultCodeOf } from './document.js';
import { prismIsInstalled, startPrism, violationsIn } from './prism.js';
import { CALLS, type Changes, type Signing } from './traffic.js';
import { WRONG_REQUESTS, WRONG_RESPONSES } from './wrong-exchanges.js';

const PHONE_NUMBER = '13800138000';
const TOKEN = 'STsid0000001551151128045KPXuevVDFWyMSy00gbDjxTnn3BVKqXJJ';

describe.skipIf(!prismIsInstalled())('Prism', () => {
  describe('as a mock, returns responses that the client parses', () => {
    test.each(ANSWERS)('$operation $name', async (example) => {
      const client = clientForExample(example, await startPrism());
      const answer =
        example.operation === 'loginTokenValidate'
          ? await client.getPhoneNumber(TOKEN)
          : await client.verifyPhoneNumber({ token: TOKEN, phoneNumber: PHONE_NUMBER, operator: 'mobile' });
      expect(answer).toMatchObject(expectedResult(example));
    });

    test.each(REQUESTS)('$operation $name as a success by default', async ({ operation, path, value }) => {
      const code = operation === 'loginTokenValidate' ? '103000' : '000';
      const { status, json } = await send(await startPrism(), 'POST', path, value);
      expect([status, json]).toEqual([200, exampleOf(ANSWERS, operation, `code-${code}`).value]);
    });
  });

  describe('as a proxy before the mock, reports no violation', () => {
    let carrier: MockServer;
    let app: MockApp;

    beforeAll(async () => {
      carrier = await createMockServer();
      app = await carrier.mock.createApp({ generateKeys: true, capabilities: ALL_CAPABILITIES });
      return () => carrier.close();
    });

    test.each(CALLS)('$signing, $code: $description', async ({ signing, code, changes = () => ({}), call }) => {
      const { client, violations } = watchedClient(await startPrism(carrier.url), { app, signing, ...changes(app) });
      expect(await call(client, app)).toMatchObject({ resultCode: code });
      expect(violations).toEqual([]);
    });

    test.each(RESULT_CODES)('$operation $resultCode in each signing mode', async ({ operation, resultCode }) => {
      const proxy = await startPrism(carrier.url);
      const requests = REQUESTS.filter((request) => request.operation === operation);
      expect(requests).toHaveLength(2);
      for (const { path, value } of requests) {
        const { json, headers } = await send(proxy, 'POST', path, value, { 'X-Mock-Result-Code': resultCode });
        expect((json.header ?? json).resultCode).toBe(resultCode);
        expect(violationsIn(headers)).toEqual([]);
      }
    });

    test('except for the code from before 2019, which a reading can select', async () => {
      const former = await carrier.mock.createApp({ dailyQuota: 0, readings: { 'verify-quota-code': '102315' } });
      const { client, violations } = watchedClient(await startPrism(carrier.url), { app: former, signing: 'secret' });
      const { token } = await former.mint({ capability: 'tokenValidate' });
      const answer = await client.verifyPhoneNumber({ token, phoneNumber: PHONE_NUMBER, operator: 'mobile' });
      expect(answer).toMatchObject({ resultCode: '102315' });
      expect(violations).toEqual(['response.body.header.resultCode enum']);
    });
  });

  describe('as a proxy, reports violations', () => {
    test.each(WRONG_REQUESTS)('$description', async ({ path, request, contentType, violation }) => {
      const upstream = await carrierReturning(exampleOf(ANSWERS, operationAt(path), successAt(path)).value);
      const headers = contentType === undefined ? {} : { 'content-type': contentType };
      const answer = await send(await startPrism(upstream), 'POST', path, request, headers);
      expect(violationsIn(answer.headers)).toContain(violation);
    });

    test.each(WRONG_RESPONSES)('$description', async ({ path, request, answer, status, violation }) => {
      const { headers } = await send(await startPrism(await carrierReturning(answer, status)), 'POST', path, request);
      expect(violationsIn(headers)).toContain(violation);
      expect(violationsIn(headers).filter((one) => one.startsWith('request'))).toEqual([]);
    });
  });
});

const isLogin = (path: string) => path.startsWith('/unisdk/');
const operationAt = (path: string) => (isLogin(path) ? 'loginTokenValidate' : 'tokenValidate');
const successAt = (path: string) => (isLogin(path) ? 'code-103000' : 'code-000');

/** A carrier that always returns this response. */
async function carrierReturning(answer: object, status = 200): Promise<string> {
  const { url } = await serve((_, res) => {
    res.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
  });
  return url;
}

/** A client that requests an example by name, with the msgid of the example. */
function clientForExample({ operation, name, value }: NamedExample, baseUrl: string): CmpassportClient {
  const key = readVectors('login-msisdn').find(({ ciphertext }) => ciphertext === value.msisdn)?.group
    .privatePkcs8Base64;
  const fetchExample: Fetch = (url, init) =>
    fetch(url, { ...init, headers: { ...init.headers, prefer: `example=${name}` } });
  return createCmpassportClient({
    ...APP,
    baseUrl,
    production: false,
    fetch: fetchExample,
    newMsgId: () => (operation === 'loginTokenValidate' ? value.inresponseto : value.header.msgId),
    ...(name.endsWith('-rsa') && { keys: { appSignPrivateKey: key, appDecryptPrivateKey: key } }),
  });
}

/** The client's result for an example. */
function expectedResult(example: NamedExample): object {
  const resultCode = String(resultCodeOf(example));
  const { taskId, accessToken } = example.value.body ?? example.value;
  const answer = { resultCode, taskId };
  switch (resultCode) {
    case '103000':
      return { ...answer, kind: 'phoneNumber', phoneNumber: PHONE_NUMBER };
    case '000':
      return { ...answer, kind: 'ownNumber' };
    case '001':
      return { ...answer, kind: 'notOwnNumber', accessToken };
    default:
      return { ...answer, kind: 'refused' };
  }
}

/** A client of the app behind the proxy, and the violations that the proxy has reported so far. */
function watchedClient(
  baseUrl: string,
  { app, signing, ...changes }: Changes & { readonly app: MockApp; readonly signing: Signing },
) {
  const violations: string[] = [];
  const recordingFetch: Fetch = async (url, init) => {
    const response = await fetch(url, init);
    violations.push(...violationsIn(response.headers));
    return response;
  };
  const { appId, appKey, appSecret } = app;
  const client = createCmpassportClient({
    ...{ appId, appKey, appSecret, baseUrl, production: false, fetch: recordingFetch },
    ...(signing === 'rsa' && { keys: keysOf(app) }),
    ...changes,
  } as Parameters<typeof createCmpassportClient>[0]);
  return { client, violations };
}
