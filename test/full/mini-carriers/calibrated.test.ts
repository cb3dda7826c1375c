/** A mock with the calibration of an independent carrier responds with that carrier's result codes. */
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type Calibration, isSettled } from '../../../contracts/calibrate/calibration.js';
import keys from '../../../contracts/keys.json' with { type: 'json' };
import type { ConfigurationInput } from '../../../mock-server/options/settings.js';
import { callCommand } from '../../support/called-command.js';
import { temporaryFile, temporaryFolder } from '../../support/files.js';
import { startMock } from '../../support/mock.js';
import { isInstalled } from '../../support/programs.js';
import CLAIMS from './claims.json' with { type: 'json' };
import { CARRIERS, type CarrierName, type MiniCarrier, startCarrier } from './mini-carrier.js';
import { type RandomRequest, randomRequest, seeded } from './random-requests.js';
import { carrierTwin, mockTwin, PHONE, sendTo } from './twin.js';

const REQUESTS = 600;
const SPEND_LIMIT = 120;
const hasPrograms = isInstalled('python3') && isInstalled('openssl', 'version');

const CREDENTIALS = [
  'appId',
  'appSecret',
  'appKey',
  'appSignKey',
  'appDecryptKey',
  'platformPublicKey',
];
const OPERATIONS = ['loginTokenValidate', 'tokenValidate'] as const;

async function calibrate({ url, app, mint }: MiniCarrier): Promise<Calibration> {
  const out = join(temporaryFolder(), 'calibration.json');
  const tokens = OPERATIONS.flatMap((operation) =>
    Array.from({ length: SPEND_LIMIT }, () => operation),
  ).map(async (operation) => ({
    operation,
    token: await mint(app.appId, PHONE, operation),
    phoneNumber: PHONE,
  }));
  const profile = temporaryFile('profile.json', {
    name: 'mini-carrier',
    baseUrls: { loginTokenValidate: url, tokenValidate: url },
    credentials: Object.fromEntries(CREDENTIALS.map((name) => [name, { env: name }])),
    capabilities: [...OPERATIONS, 'rsa'],
    tokens: { from: 'file', path: temporaryFile('tokens.json', await Promise.all(tokens)) },
    pacing: { gapMs: 0 },
  });
  const { appId, appSecret, appKey, appSignPrivateKey, appEncryptPrivateKey, platformPublicKey } =
    app;
  const env = {
    ...{ appId, appSecret, appKey, platformPublicKey },
    ...{ appSignKey: appSignPrivateKey, appDecryptKey: appEncryptPrivateKey },
  };
  const args = [
    'contract',
    'calibrate',
    '--profile',
    profile,
    '--out',
    out,
    '--yes',
    '--spend-limit',
  ];
  const { status, stdout, stderr } = await callCommand([...args, String(SPEND_LIMIT)], env);
  expect({ status, stderr }, stdout).toEqual({ status: 0, stderr: '' });
  return JSON.parse(readFileSync(out, 'utf8'));
}

/** One line for each difference. */
async function differences(
  carrier: MiniCarrier,
  configuration: ConfigurationInput,
): Promise<readonly string[]> {
  const { url } = await startMock({ configuration });
  const twins = [carrierTwin(carrier), await mockTwin(url, carrier)] as const;
  const random = seeded(20261129);
  const found: string[] = [];
  for (let count = 0; count < REQUESTS; count += 1) {
    const request = randomRequest(random);
    const msgIds = [0, 1, 2].map(() => randomUUID().replaceAll('-', '')) as [
      string,
      string,
      string,
    ];
    const shared = { otherSignKey: keys.otherSignKey, msgIds };
    const [theirs, mock] = await Promise.all(twins.map((twin) => sendTo(twin, request, shared)));
    if (theirs?.code !== mock?.code)
      found.push(`${nameOf(request)}: ${theirs?.code}, the mock ${mock?.code}`);
  }
  return found;
}

function nameOf({ operation, signing, mistakes }: RandomRequest): string {
  return `${operation} ${signing}, ${mistakes.length === 0 ? 'no mistake' : mistakes.join(' + ')}`;
}

// claims.json: what each carrier does, as its file says, where a reading has a name for it. A reading that is not there may be open.

test.runIf(hasPrograms).each(CARRIERS)(
  'carrier %s: at most 2 in 100 random requests get another code, and no claim is untrue',
  async (name: CarrierName) => {
    const carrier = await startCarrier(name);
    try {
      const calibration = await calibrate(carrier);
      const claims = Object.entries(calibration.readings).flatMap(([id, reading]) =>
        isSettled(reading) ? [[id, reading.option]] : [],
      );
      expect(Object.fromEntries(claims)).toEqual(CLAIMS[name]);
      expect(calibration.paidCalls).toBeLessThanOrEqual(SPEND_LIMIT);
      const found = await differences(carrier, { calibration } as ConfigurationInput);
      expect(found.length, found.join('\n')).toBeLessThanOrEqual(REQUESTS * 0.02);
    } finally {
      carrier.stop();
    }
  },
  600_000,
);
