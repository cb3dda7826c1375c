/** A mock with the calibration of an independent carrier responds with that carrier's result codes. */
import { randomUUID } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type Calibration, isSettled } from '../../../contracts/calibrate/calibration.js';
import keys from '../../../contracts/keys.json' with { type: 'json' };
import type { ConfigurationInput } from '../../../mock-server/options/configuration.js';
import { callCommand } from '../../support/called-command.js';
import { temporaryFolder } from '../../support/files.js';
import { startMock } from '../../support/mock.js';
import { isInstalled } from '../../support/programs.js';
import { CARRIERS, type CarrierName, type MiniCarrier, startCarrier } from './mini-carrier.js';
import { type RandomRequest, randomRequest, seeded } from './random-requests.js';
import { carrierTwin, mockTwin, PHONE, sendTo } from './twin.js';

const REQUESTS = 600;
const SPEND_LIMIT = 120;
const hasPrograms = isInstalled('python3') && isInstalled('openssl', 'version');

/** Prints a token of the carrier, as a script of a team would. */
const MINT = `
const { CMPASSPORT_OPERATION: operation, CARRIER: url, APP: appId, PHONE: phoneNumber } = process.env;
const body = JSON.stringify({ appId, phone: phoneNumber, operation });
const { token } = await (await fetch(url + '/mint', { method: 'POST', body })).json();
console.log(JSON.stringify({ token, phoneNumber }));`;

async function calibrate({ url, app }: MiniCarrier): Promise<Calibration> {
  const folder = temporaryFolder();
  const [profile, out, mint] = ['profile.json', 'calibration.json', 'mint.mjs'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  const credentials = ['appId', 'appSecret', 'appKey', 'appSignKey', 'appDecryptKey', 'platformPublicKey'];
  writeFileSync(mint, MINT);
  writeFileSync(
    profile,
    JSON.stringify({
      name: 'mini-carrier',
      baseUrls: { loginTokenValidate: url, tokenValidate: url },
      credentials: Object.fromEntries(credentials.map((name) => [name, { env: name }])),
      capabilities: ['loginTokenValidate', 'tokenValidate', 'rsa'],
      tokens: { from: 'command', command: [process.execPath, mint] },
      pacing: { gapMs: 0 },
    }),
  );
  const { appId, appSecret, appKey, appSignPrivateKey, appEncryptPrivateKey, platformPublicKey } = app;
  const env = {
    ...{ appId, appSecret, appKey, platformPublicKey },
    ...{ appSignKey: appSignPrivateKey, appDecryptKey: appEncryptPrivateKey },
    ...{ CARRIER: url, APP: appId, PHONE },
  };
  const args = ['contract', 'calibrate', '--profile', profile, '--out', out, '--yes', '--spend-limit'];
  const { status, stdout, stderr } = await callCommand([...args, String(SPEND_LIMIT)], env);
  expect({ status, stderr }, stdout).toEqual({ status: 0, stderr: '' });
  return JSON.parse(readFileSync(out, 'utf8'));
}

interface Difference {
  readonly request: RandomRequest;
  readonly carrier: string;
  readonly mock: string;
}

async function differences(carrier: MiniCarrier, configuration: ConfigurationInput): Promise<readonly Difference[]> {
  const { url } = await startMock({ configuration });
  const twins = [carrierTwin(carrier), await mockTwin(url, carrier)] as const;
  const random = seeded(20261129);
  const found: Difference[] = [];
  for (let count = 0; count < REQUESTS; count += 1) {
    const request = randomRequest(random);
    const msgIds = [0, 1, 2].map(() => randomUUID().replaceAll('-', '')) as [string, string, string];
    const shared = { otherSignKey: keys.otherSignKey, msgIds };
    const [theirs, mock] = [await sendTo(twins[0], request, shared), await sendTo(twins[1], request, shared)];
    if (theirs !== mock) found.push({ request, carrier: theirs, mock });
  }
  return found;
}

/** One line for each difference. */
function linesOf(found: readonly Difference[]): readonly string[] {
  return found.map(({ request: { operation, signing, mistakes }, carrier, mock }) => {
    const sent = mistakes.length === 0 ? 'no mistake' : mistakes.join(' + ');
    return `${operation} ${signing}, ${sent}: ${carrier}, the mock ${mock}`;
  });
}

/** What each carrier does, as its file says, where a reading has a name for it. A reading that is not here may be open. */
const CLAIMS: Readonly<Record<CarrierName, Readonly<Record<string, string>>>> = {
  a: {
    'login-md5-case': 'any',
    'verify-hex-case': 'any',
    'content-type': 'refused:http-415',
    'json-numbers': 'any',
    'json-null': 'absent',
    'system-time': 'window:5m',
    'msgid-replay': 'allowed',
    'refused-call-uses-token': 'no',
    'login-error-desc': 'absent',
    'unknown-app-at-verify': '102',
    'verify-rsa-encoding': 'base64',
    'verify-sign-key': 'appVerifyKey',
    'verify-params-encoding': 'any',
    'verify-echo': 'echoed',
    'refusal-task-id': 'sent',
    'verify-result-desc': 'words',
  },
  b: {
    'login-md5-case': 'any',
    'verify-hex-case': 'sign',
    'content-type': 'refused:103412',
    'json-numbers': 'refused',
    'json-null': 'refused:103414',
    'system-time': 'digits',
    'msgid-replay': 'allowed',
    'refused-call-uses-token': 'reached',
    'login-error-desc': 'absent',
    'unknown-app-at-verify': 'refused:103420',
    'verify-sign-key': 'appVerifyKey',
    'verify-params-encoding': 'any',
    'verify-echo': 'empty',
    'refusal-task-id': 'absent',
    'verify-result-desc': 'words',
  },
  c: {
    'login-md5-case': 'any',
    'verify-hex-case': 'any',
    'content-type': 'any',
    'json-numbers': 'any',
    'json-null': 'absent',
    'system-time': 'window:-1h..10m',
    'msgid-replay': 'refused:105313',
    'refused-call-uses-token': 'reached',
    'login-error-desc': 'sent',
    'unknown-app-at-verify': 'refused:999',
    'verify-rsa-encoding': 'base64',
    'verify-sign-key': 'appVerifyKey',
    'verify-params-encoding': 'any',
    'refusal-task-id': 'absent',
    'verify-result-desc': 'words',
  },
  d: {
    'login-md5-case': 'upper',
    'verify-hex-case': 'upper',
    'content-type': 'refused:http-415',
    'json-numbers': 'refused',
    'json-null': 'absent',
    'system-time': 'calendar',
    'msgid-replay': 'allowed',
    'refused-call-uses-token': 'no',
    'login-error-desc': 'absent',
    'unknown-app-at-verify': '302',
    'verify-rsa-encoding': 'base64',
    'verify-sign-key': 'appVerifyKey',
    'verify-params-encoding': 'any',
    'refusal-task-id': 'absent',
    'verify-result-desc': 'words',
  },
};

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
      const found = linesOf(await differences(carrier, { calibration } as ConfigurationInput));
      expect(found.length, found.join('\n')).toBeLessThanOrEqual(REQUESTS * 0.02);
    } finally {
      carrier.stop();
    }
  },
  600_000,
);
