/** The log contains no token, phone number or secret, at any level and in both formats, wherever a client puts them. */
import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { createAnswer } from '../../../mock-server/carrier/answer.js';
import { mint } from '../../../mock-server/carrier/apps/mint.js';
import type { Carrier } from '../../../mock-server/carrier/carrier.js';
import type { Exchange } from '../../../mock-server/carrier/engine/request.js';
import { logFindings } from '../../../mock-server/telemetry/finding-log.js';
import { createLog, type LogLine, textLine } from '../../../mock-server/telemetry/log.js';
import { addApp, credentialsOf, newCarrier } from '../../support/carrier.js';
import { exchangeOf, NOW_MS, PATHS, PHONE_NUMBER } from '../../support/engine.js';
import { loginRequest, verifyRequest } from '../../support/requests.js';

const SEED = 20261125;
// Shorter pieces occur in any text by chance.
const PIECE = 8;

async function scene() {
  const { carrier: quiet } = newCarrier({ nowMs: NOW_MS });
  const lines: LogLine[] = [];
  const elapsed = { ms: 0 };
  const log = createLog(
    { level: 'debug', secrets: false, language: 'en' },
    (line) => void lines.push(line),
  );
  const carrier: Carrier = { ...quiet, log };
  const app = await addApp(carrier, {
    appId: 'my-app',
    contracted: true,
    capabilities: ['loginTokenValidate', 'tokenValidate', 'smsFallback'],
  });
  onTestFinished(
    logFindings(
      { ...carrier, clock: { nowMs: () => NOW_MS, elapsedMs: () => elapsed.ms } },
      'http://mock.test',
    ),
  );
  const handle = createAnswer(carrier);
  const credentials = credentialsOf(app, carrier);
  const newToken = async (capability: 'loginTokenValidate' | 'tokenValidate') => {
    const minted = await mint(carrier, app, { capability, phoneNumber: PHONE_NUMBER });
    return minted === 'exists' ? '' : (minted[0]?.token ?? '');
  };
  const refusals = () => lines.filter(({ severity }) => severity === 'info').length;
  /** Sends the exchange and waits for its lines. A refusal has two. */
  const send = async (exchange: Exchange) => {
    const [length, before] = [lines.length, refusals()];
    // So that no line is suppressed as a repetition.
    elapsed.ms += 60_000;
    const reply = await handle(exchange);
    const isRefused =
      reply?.resultCode !== undefined && !['103000', '000', '001'].includes(reply.resultCode);
    while (isRefused && refusals() === before)
      await new Promise((resolve) => setImmediate(resolve));
    return lines.slice(length);
  };
  return { credentials, newToken, send };
}

/** Finds any piece of a secret, because part of a key must not be logged either. */
function leaks(lines: readonly LogLine[], secrets: readonly string[]): readonly string[] {
  const written = lines.map((line) => textLine(line) + JSON.stringify(line.fields)).join('\n');
  return secrets.flatMap((secret) => {
    const pieces = Array.from({ length: Math.max(1, secret.length - PIECE + 1) }, (_, at) =>
      secret.slice(at, at + PIECE),
    );
    return pieces.filter((piece) => written.includes(piece));
  });
}

/** All places where a client may put a secret. */
const PLACES = [
  'appid',
  'token',
  'sign',
  'msgid',
  'systemtime',
  'version',
  'strictcheck',
  'expandparams',
  'encryptionalgorithm',
  'a field’s name',
  'after a field’s name',
  'another field',
  'the body',
  'a form',
  'the path',
  'a header',
  'a header’s name',
  'the content type',
  'our own header',
  'the address',
  'the method',
] as const;
type Place = (typeof PLACES)[number];

const FIELDS: readonly string[] = PLACES.slice(0, PLACES.indexOf('a field’s name'));
const VERIFY_FIELDS: Readonly<Record<string, readonly [part: 'header' | 'body', name: string]>> = {
  appid: ['header', 'appId'],
  token: ['body', 'token'],
  sign: ['body', 'sign'],
  msgid: ['header', 'msgId'],
  systemtime: ['header', 'timestamp'],
  version: ['header', 'version'],
  strictcheck: ['body', 'openType'],
  expandparams: ['body', 'expandParams'],
  encryptionalgorithm: ['body', 'phoneNum'],
};

interface ValidRequests {
  readonly login: Readonly<Record<string, unknown>>;
  readonly verify: ReturnType<typeof verifyRequest>;
}

function loginBody({ login }: ValidRequests, place: Place, secret: string): unknown {
  if (FIELDS.includes(place)) return { ...login, [place]: secret };
  switch (place) {
    case 'a field’s name':
      return { ...login, [secret]: 'x' };
    case 'after a field’s name':
      return { ...login, token: undefined, [`token ${secret}`]: secret };
    case 'another field':
      return { ...login, phoneNumber: secret };
    case 'the body':
      return `${secret} ${JSON.stringify(login)}`;
    case 'a form':
      return `appid=${secret}&${secret}=1`;
    default:
      return login;
  }
}

function verifyBody(requests: ValidRequests, place: Place, secret: string): unknown {
  const { verify } = requests;
  const [part, name] = VERIFY_FIELDS[place] ?? [];
  if (part !== undefined && name !== undefined)
    return { ...verify, [part]: { ...verify[part], [name]: secret } };
  return place === 'the body' || place === 'a form'
    ? loginBody(requests, place, secret)
    : { ...verify, body: loginBody({ ...requests, login: verify.body }, place, secret) };
}

function headersOf(place: Place, secret: string): readonly string[] {
  switch (place) {
    case 'a header':
      return [
        'Content-Type',
        'application/json',
        'X-Phone-Number',
        secret,
        'Authorization',
        `Bearer ${secret}`,
      ];
    case 'a header’s name':
      return [secret, 'x'];
    case 'the content type':
      return ['Content-Type', secret, 'Content-Type', secret];
    case 'our own header':
      return ['X-Mock-Outcome', secret];
    default:
      return [];
  }
}

const hostile = fc.record({
  operation: fc.constantFrom('loginTokenValidate' as const, 'tokenValidate' as const),
  places: fc.uniqueArray(fc.constantFrom(...PLACES), { minLength: 1, maxLength: 3 }),
  what: fc.constantFrom(
    'appKey' as const,
    'appSecret' as const,
    'token' as const,
    'number' as const,
    'unknown secret' as const,
  ),
  around: fc.constantFrom(
    ['', ''],
    ['', '\n'],
    [' ', ' '],
    ['86', ''],
    ['+86', ''],
    ['"', '"'],
    ['STsid', ''],
  ),
  wrongSign: fc.boolean(),
});

type Hostile = typeof hostile extends fc.Arbitrary<infer T> ? T : never;
type Scene = Awaited<ReturnType<typeof scene>>;

/** The request, and the secrets that must not be logged. */
async function hostileRequest(
  { credentials, newToken }: Scene,
  { operation, places, what, around, wrongSign }: Hostile,
) {
  const token = await newToken(operation);
  const { appKey, appSecret } = credentials;
  const plantedSecret = {
    appKey,
    appSecret,
    token,
    number: PHONE_NUMBER,
    'unknown secret': 'Tr0ub4dor&3-correct-horse',
  }[what];
  const secret = around.join(plantedSecret);
  const login = loginRequest(
    wrongSign ? { ...credentials, appSecret: appKey } : credentials,
    token,
  );
  const verify = verifyRequest(credentials, { token, phoneNumber: PHONE_NUMBER });
  const bodyOf = operation === 'loginTokenValidate' ? loginBody : verifyBody;
  const valueAt = (place: Place, text: string, usual: string) =>
    places.includes(place) ? text : usual;
  const exchange = exchangeOf(operation, bodyOf({ login, verify }, places[0] ?? 'token', secret), {
    path: valueAt('the path', `${PATHS[operation]}/${secret}`, PATHS[operation]),
    method: valueAt('the method', secret, 'POST'),
    clientIp: valueAt('the address', secret, '127.0.0.1'),
    rawHeaders: places.flatMap((place) => headersOf(place, secret)),
  });
  return { exchange, secrets: [appKey, appSecret, token, PHONE_NUMBER, plantedSecret] };
}

test('tokens, phone numbers and secrets that a client sends are not in the log', async () => {
  const testScene = await scene();
  const seen = new Set<unknown>();
  await fc.assert(
    fc.asyncProperty(hostile, async (input) => {
      const { exchange, secrets } = await hostileRequest(testScene, input);
      const lines = await testScene.send(exchange);
      for (const { fields } of lines) seen.add(fields['finding'] ?? fields['decidedBy']);
      expect(leaks(lines, secrets)).toEqual([]);
    }),
    { seed: SEED, numRuns: 120 },
  );
  // The requests reached many rules and findings.
  expect(seen.size).toBeGreaterThan(15);
});
