/** The targets of fuzzed requests: apps for every result code, and their tokens in every state. */
import type { Operation } from '../../../contracts/index.js';
import keys from '../../../contracts/keys.json' with { type: 'json' };
import type { Values } from '../../../contracts/sign/template.js';
import { beijingTime } from '../../../contracts/sign/time.js';
import testKeys from '../../../fixtures/keys/keys.json' with { type: 'json' };
import { control, mintTokens } from '../control.js';
import type { Random } from '../random.js';
import { PLAYED_APP_IDS } from './control-requests.js';

const { appSignKey, appVerifyKey, appDecryptKey, appEncryptKey, otherSignKey } = keys;
const PHONE_NUMBER = '13800138000';
const OTHER_PHONE_NUMBER = '13800138001';
const BOTH: readonly Operation[] = ['loginTokenValidate', 'tokenValidate'];

/** The settings of each app, in addition to its credentials. By default, apps are under contract without a limit. */
const APPS = [
  { appId: 'main', capabilities: [...BOTH, 'smsFallback'], appVerifyKey, appEncryptKey },
  { appId: 'keyless', capabilities: BOTH },
  { appId: 'ungranted', capabilities: [], appVerifyKey, appEncryptKey },
  { appId: 'unlisted', capabilities: BOTH, ipWhitelist: { loginTokenValidate: '', tokenValidate: '' } },
  { appId: 'spent', capabilities: BOTH, appVerifyKey, appEncryptKey, callPackage: 0 },
  {
    appId: 'other-readings',
    capabilities: [...BOTH, 'smsFallback'],
    appVerifyKey,
    appEncryptKey,
    readings: {
      'json-numbers': 'any',
      'json-null': 'absent',
      'verify-params-encoding': 'encoded',
      'verify-echo': 'empty',
      'refusal-task-id': 'absent',
      'verify-result-desc': 'code',
      'verify-hex-case': 'any',
      'verify-rsa-encoding': 'hex',
      'verify-key-size': '1024',
      'system-time': 'window:36500d',
      'msgid-replay': 'refused',
      'content-type': 'json',
      'refused-call-uses-token': 'yes',
      'login-ip-check': 'always',
      'login-error-desc': 'absent',
    },
  },
] as const;
export type AppId = (typeof APPS)[number]['appId'];

/** Small limits, so that the store is full for most of a run. */
const LIMITS = {
  tokensMax: 20_000,
  journalRecordsMax: 2_000,
  ledgerRecordsMax: 5_000,
};
const TEST_NUMBERS = ['13800138999', '13800138003', '13800138002', '13000130000', '13300133000'];
const AGE_PAST_LIFE_MS = 600_000;
const SEVERAL = 20;

export const FUZZ_CONFIGURATION = {
  apps: APPS.map(({ appId, ...settings }) => ({ ...credentialsOf(appId), contracted: true, ...settings, appId })),
  limits: LIMITS,
};

function credentialsOf(appId: AppId) {
  return { appKey: `key-of-${appId}`, appSecret: `secret-of-${appId}` };
}

const CONSTANT_TOKENS = [
  'STsid0000001551151128045KPXuevVDFWyMSy00gbDjxTnn3BVKqXJJ',
  'STsid0000000000000000000MOCKRESULTCODE000000000000103211',
  'STsid0000000000000000000MOCKRESULTCODE000000000000000999',
  'CM__1__0123456789abcdef0123456789abcdef__2.5.3.1__STsid0000001551151128045KPXuevVDFWyMSy00gbDjxTnn3BVKqXJJ',
  '848401000133020037515452304E7A497A4D7A5A4551',
  '',
  'STsid',
];

export interface Scene {
  /** The app's credentials and a token, for the recipes. */
  valuesOf(appId: AppId, token: string): Values;
  /** A fresh token of the main app for each index. */
  freshToken(operation: Operation, index: number): string;
  /** An unusable token, a token of another app, or a fresh token of this app. */
  otherToken(appId: AppId, operation: Operation, random: Random): string;
}

/** Issues a fresh token of the main app for each request of a round, and some tokens of every other kind. */
export async function prepareScene(url: string, roundSize: number): Promise<Scene> {
  await control(url, 'POST', '/reset');
  for (const appId of PLAYED_APP_IDS) await control(url, 'POST', '/apps', { appId });
  const fresh = new Map<string, readonly string[]>();
  const others = new Map<string, readonly string[]>();
  for (const capability of BOTH) {
    const mint = async (appId: string, input: object, count = SEVERAL) =>
      (await mintTokens(url, appId, { phoneNumber: PHONE_NUMBER, capability, count, ...input })).map(
        ({ token }) => token,
      );
    fresh.set(capability, await mint('main', {}, roundSize));
    for (const { appId } of APPS) others.set(`${appId} ${capability}`, await mint(appId, {}));
    const odd = [await mint('main', { ageMs: AGE_PAST_LIFE_MS })];
    for (const phoneNumber of TEST_NUMBERS) odd.push(await mint('main', { phoneNumber }));
    others.set(`odd ${capability}`, odd.flat());
  }
  const nowMs = Date.now();
  return {
    valuesOf: (appId, token) => ({
      appId,
      ...credentialsOf(appId),
      token,
      phoneNumber: PHONE_NUMBER,
      otherPhoneNumber: OTHER_PHONE_NUMBER,
      msgId: 'bed1dc7f6cd645b9be9006ae08040c93',
      time: beijingTime(nowMs),
      appSignKey,
      appVerifyKey,
      appDecryptKey,
      appEncryptKey,
      otherSignKey,
      platformPublicKey: testKeys.platform.publicKey,
    }),
    freshToken: (operation, index) => fresh.get(operation)?.[index % roundSize] ?? '',
    otherToken: (appId, operation, random) => {
      const pools = [...others.keys()];
      const own = `${appId} ${operation}`;
      const kind = random.chance(0.4) ? own : random.chance(0.5) ? `odd ${operation}` : random.pick(pools);
      return random.pick(random.chance(0.1) ? CONSTANT_TOKENS : (others.get(kind) ?? CONSTANT_TOKENS));
    },
  };
}
