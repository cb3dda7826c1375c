/** Prism can use the OpenAPI document: the client parses the responses of Prism's mock, and its proxy accepts the mock's real traffic. */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { RESULT_CODES } from '../../../contracts/index.js';
import { createMockServer, type MockServer } from '../../../mock-server/server.js';
import { type CmpassportClient, createCmpassportClient, type Fetch } from '../../../src/index.js';
import { APP, serve } from '../../http/client/scene.js';
import { send } from '../../support/mock.js';
import { readVectors } from '../../support/vectors.js';
import { ANSWERS, exampleOf, FILE, type NamedExample, REQUESTS, resultCodeOf } from './document.js';

const FOLDER = fileURLToPath(new URL('prism/', import.meta.url));
const load = createRequire(`${FOLDER}package.json`);

/** The part of @stoplight/prism-http-server 5.12 that is used here. */
interface PrismServer {
  listen(port: number, host: string): Promise<string>;
  close(): Promise<void>;
}

export function prismIsInstalled(): boolean {
  const found = existsSync(`${FOLDER}node_modules/@stoplight/prism-http-server/package.json`);
  const command = 'npm ci --prefix test/full/openapi/prism';
  if (!found && process.env['CI'] === 'true') throw new Error(`Prism is not installed, and CI needs it: ${command}`);
  if (!found) console.warn(`skipped: the tests that need Prism, which is not installed: ${command}`);
  return found;
}

// Loaded once for all servers: if Prism loads a schema's $id twice, it silently validates nothing.
let operations: Promise<unknown> | undefined;

/** A server on loopback, closed at the end of the test: a mock of the document, or a proxy if there is an upstream. */
export async function startPrism(upstream?: string): Promise<string> {
  operations ??= load('@stoplight/prism-http').getHttpOperationsFromSpec(FILE);
  const proxy = upstream === undefined ? { isProxy: false } : { isProxy: true, upstream: new URL(upstream) };
  const server: PrismServer = load('@stoplight/prism-http-server').createServer(await operations, {
    cors: false,
    config: {
      ...proxy,
      validateRequest: true,
      validateResponse: true,
      checkSecurity: true,
      // Violations are reported in a header and do not end the exchange.
      errors: false,
      mock: { dynamic: false },
    },
    components: { logger: load('@stoplight/prism-core').createLogger('test', { enabled: false }) },
  });
  const url = await server.listen(0, '127.0.0.1');
  onTestFinished(() => server.close());
  return url;
}

interface Violation {
  readonly location: readonly string[];
  readonly code?: string | number;
  readonly message: string;
}

/** The violations of an exchange, such as `request.body.sign pattern`. Empty if it matches the document. */
export function violationsIn(headers: Headers): readonly string[] {
  const violations: readonly Violation[] = JSON.parse(headers.get('sl-violations') ?? '[]');
  return violations.map(({ location, code, message }) => `${location.join('.')} ${code ?? message.split(':')[0]}`);
}

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
    beforeAll(async () => {
      carrier = await createMockServer();
      return () => carrier.close();
    });

    const described = RESULT_CODES.filter((row) => REQUESTS.some(({ operation }) => operation === row.operation));

    test.each(described)('$operation $resultCode in each signing mode', async ({ operation, resultCode }) => {
      const proxy = await startPrism(carrier.url);
      const requests = REQUESTS.filter((request) => request.operation === operation);
      expect(requests).toHaveLength(2);
      for (const { path, value } of requests) {
        const { json, headers } = await send(proxy, 'POST', path, value, { 'X-Mock-Result-Code': resultCode });
        expect((json.header ?? json).resultCode).toBe(resultCode);
        expect(violationsIn(headers)).toEqual([]);
      }
    });
  });

  // test/unit/contracts has every violation. These two show that the proxy reports them.
  test('as a proxy, reports a wrong request', async () => {
    const { path, value } = exampleOf(REQUESTS, 'tokenValidate', 'hmac');
    const upstream = await carrierReturning(exampleOf(ANSWERS, 'tokenValidate', 'code-000').value);
    const body = { ...value.body, sign: value.body.sign.toLowerCase() };
    const { headers } = await send(await startPrism(upstream), 'POST', path, { ...value, body });
    expect(violationsIn(headers)).toContain('request.body.body.sign pattern');
  });

  test('as a proxy, reports a wrong response', async () => {
    const { path, value } = exampleOf(REQUESTS, 'loginTokenValidate', 'md5');
    const refusal = exampleOf(ANSWERS, 'loginTokenValidate', 'code-104201').value;
    const upstream = await carrierReturning({ ...refusal, msisdn: PHONE_NUMBER });
    const { headers } = await send(await startPrism(upstream), 'POST', path, value);
    expect(violationsIn(headers)).toContain('response.body.msisdn not');
  });
});

/** A carrier that always returns this response. */
async function carrierReturning(answer: object): Promise<string> {
  const { url } = await serve((_, res) => {
    res.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
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
