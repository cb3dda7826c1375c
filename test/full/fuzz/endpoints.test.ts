/** Changed requests and random bytes always get a documented code in a complete response, and the next valid request succeeds. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createAnswer } from '../../../mock-server/carrier/answer.js';
import type { AppInput } from '../../../mock-server/carrier/apps/app-input.js';
import { mint } from '../../../mock-server/carrier/apps/mint.js';
import { expectDocumentedAnswer } from '../../support/answers.js';
import { addApp, credentialsOf, newCarrier } from '../../support/carrier.js';
import {
  ENDPOINTS,
  type Endpoint,
  freshRequest,
  freshToken,
  PHONE_NUMBER,
  placeAt,
  resultCodeOf,
} from '../../support/endpoints.js';
import { exchangeOf, NOW_MS } from '../../support/engine.js';
import { TEST_KEYS } from '../../support/keys.js';
import { startMock, type TestApp } from '../../support/mock.js';
import { mutated, mutation } from '../../support/mutations.js';
import { loginRsaRequest, verifyRsaRequest } from '../../support/requests.js';
import { bytesOf, openHttp } from '../../support/wire.js';

const SEED = 20261125;
const SIGN_KEY = TEST_KEYS.demoAppSign.privateKey;

/** No limit on calls, because the tests send thousands. */
const SETTINGS: AppInput = {
  contracted: true,
  capabilities: ['loginTokenValidate', 'tokenValidate', 'smsFallback'],
  appVerifyKey: TEST_KEYS.demoAppSign.publicKey,
  appEncryptKey: TEST_KEYS.demoAppDecrypt.publicKey,
};

const OTHER_READINGS: AppInput = {
  ...SETTINGS,
  readings: {
    'json-numbers': 'any',
    'json-null': 'absent',
    'verify-params-encoding': 'encoded',
    'verify-echo': 'empty',
    'verify-result-desc': 'code',
    'verify-hex-case': 'any',
    'verify-rsa-encoding': 'hex',
    'verify-key-size': '1024',
    'system-time': 'window:36500d',
    'refused-call-uses-token': 'yes',
    'login-ip-check': 'always',
    'login-error-desc': 'absent',
  },
};

const mutations = fc.array(mutation, { minLength: 1, maxLength: 3 });
const randomBody: fc.Arbitrary<Buffer> = fc.oneof(
  fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
  fc.string({ unit: 'binary', maxLength: 300 }).map((text) => Buffer.from(text)),
  fc.json({ maxDepth: 6 }).map((text) => Buffer.from(text)),
);

/** A request that is signed with RSA. */
function rsaRequest(app: TestApp, { operation }: Endpoint, token: string): object {
  if (operation === 'loginTokenValidate') return loginRsaRequest(app.appId, SIGN_KEY, token);
  const keys = { signKey: SIGN_KEY, platformPublicKey: app.platformPublicKey };
  return verifyRsaRequest(app, { token, phoneNumber: PHONE_NUMBER }, keys);
}

async function newTarget(input: AppInput) {
  const { carrier } = newCarrier({ nowMs: NOW_MS });
  const record = await addApp(carrier, input);
  const app = credentialsOf(record, carrier);
  const handle = createAnswer(carrier);
  const newToken = async ({ operation }: Endpoint) => {
    const minted = await mint(carrier, record, { capability: operation });
    return minted === 'exists' ? '' : (minted[0]?.token ?? '');
  };
  const answer = async ({ operation }: Endpoint, body: Buffer) =>
    handle(exchangeOf(operation, body.toString(), { bodyBytes: body.length }));
  return { app, newToken, answer };
}

type Target = Awaited<ReturnType<typeof newTarget>>;

async function expectDocumentedReply(
  { answer, app, newToken }: Target,
  endpoint: Endpoint,
  body: Buffer,
): Promise<void> {
  const reply = await answer(endpoint, body);
  expect(reply?.status).toBe(200);
  expectDocumentedAnswer(endpoint, reply?.body ?? '');
  const good = endpoint.request(app, await newToken(endpoint));
  expect((await answer(endpoint, Buffer.from(JSON.stringify(good))))?.resultCode).toBe(endpoint.success);
}

describe.each(ENDPOINTS)('$operation', (endpoint) => {
  test.each([
    { description: 'changed requests', input: SETTINGS, rsa: false, numRuns: 600 },
    { description: 'changed RSA requests', input: SETTINGS, rsa: true, numRuns: 400 },
    { description: 'changed requests under other readings', input: OTHER_READINGS, rsa: false, numRuns: 400 },
    { description: 'changed RSA requests under other readings', input: OTHER_READINGS, rsa: true, numRuns: 300 },
  ])('$description get a documented code', async ({ input, rsa, numRuns }) => {
    const target = await newTarget(input);
    await fc.assert(
      fc.asyncProperty(mutations, async (changes) => {
        const token = await target.newToken(endpoint);
        const request = rsa ? rsaRequest(target.app, endpoint, token) : endpoint.request(target.app, token);
        await expectDocumentedReply(target, endpoint, mutated(request, changes));
      }),
      { seed: SEED, numRuns },
    );
  });

  test('random bytes get a documented code', async () => {
    const target = await newTarget(SETTINGS);
    await fc.assert(
      fc.asyncProperty(randomBody, async (body) => expectDocumentedReply(target, endpoint, body)),
      { seed: SEED, numRuns: 600 },
    );
  });

  test('changed requests and random bytes on one connection get a documented code', async () => {
    const { url } = await startMock();
    const place = await placeAt(url, SETTINGS);
    const wire = openHttp(url);
    const expectDocumentedOverWire = async (body: Buffer) => {
      wire.send(bytesOf({ target: endpoint.path }, body));
      const { status, text } = await wire.reply();
      expect(status).toBe(200);
      expectDocumentedAnswer(endpoint, text);
      wire.send(bytesOf({ target: endpoint.path }, JSON.stringify(await freshRequest(place, endpoint))));
      expect(resultCodeOf((await wire.reply()).text)).toBe(endpoint.success);
    };
    await fc.assert(
      fc.asyncProperty(mutations, randomBody, async (changes, body) => {
        const request = endpoint.request(place.app, await freshToken(place, endpoint));
        await expectDocumentedOverWire(mutated(request, changes));
        await expectDocumentedOverWire(body);
      }),
      { seed: SEED, numRuns: 75 },
    );
  });
});
