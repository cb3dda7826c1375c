/** The targets of fuzzed requests: apps for every result code, and their tokens in every state. */
import type { Operation } from '../../../contracts/index.js';
import keys from '../../../contracts/keys.json' with { type: 'json' };
import type { Values } from '../../../contracts/kit/pointer.js';
import { beijingTime } from '../../../contracts/kit/time.js';
import testKeys from '../../../fixtures/keys/keys.json' with { type: 'json' };
import { appNamed, control, mintTokens, PHONE_NUMBER } from '../client.js';

const { appVerifyKey, appEncryptKey } = keys;
const BOTH: readonly Operation[] = ['loginTokenValidate', 'tokenValidate'];
const KEYED = { capabilities: [...BOTH, 'smsFallback'], appVerifyKey, appEncryptKey };

/** The settings of each app, in addition to its credentials. */
const SETTINGS: Readonly<Record<string, object>> = {
  main: KEYED,
  keyless: { capabilities: BOTH },
  ungranted: { ...KEYED, capabilities: [] },
  unlisted: { capabilities: BOTH, ipWhitelist: { loginTokenValidate: '', tokenValidate: '' } },
  spent: { ...KEYED, callPackage: 0 },
  'other-readings': {
    ...KEYED,
    readings: {
      'json-numbers': 'any',
      'json-null': 'absent',
      'verify-params-encoding': 'encoded',
      'verify-echo': 'empty',
      'refusal-task-id': 'absent',
      'verify-result-desc': 'code',
      'verify-rsa-encoding': 'hex',
      'system-time': 'window:36500d',
      'msgid-replay': 'refused',
      'content-type': 'json',
      'refused-call-uses-token': 'yes',
      'login-ip-check': 'always',
      'login-error-desc': 'absent',
    },
  },
};
export const APP_IDS = Object.keys(SETTINGS);

/** Small limits, so that the store is full for most of a run. */
const LIMITS = { tokensMax: 20_000, journalRecordsMax: 2_000, ledgerRecordsMax: 5_000 };
export const FUZZ_CONFIGURATION = {
  apps: APP_IDS.map((appId) => appNamed(appId, SETTINGS[appId])),
  limits: LIMITS,
};

const TEST_NUMBERS = ['13800138999', '13800138003', '13800138002', '13000130000', '13300133000'];
const AGE_PAST_LIFE_MS = 600_000;
const SEVERAL = 20;
const CONSTANT_TOKENS = [
  'STsid0000001551151128045KPXuevVDFWyMSy00gbDjxTnn3BVKqXJJ',
  'STsid0000000000000000000MOCKRESULTCODE000000000000103211',
  'CM__1__0123456789abcdef0123456789abcdef__2.5.3.1__STsid0000001551151128045KPXuevVDFWyMSy00gbDjxTnn3BVKqXJJ',
  '',
];

export interface Scene {
  /** The credentials of the app and a token, for the recipes. */
  valuesOf(appId: string, token: string): Values;
  /** A token of this app and operation; of the main app, a fresh one for each index. */
  ownToken(appId: string, operation: Operation, index: number): string;
  /** A token of any app, state or operation. */
  otherToken(pick: number): string;
}

/** Issues a fresh token of the main app for each request of a round, and some tokens of every other kind. */
export async function prepareScene(url: string, roundSize: number): Promise<Scene> {
  await control(url, 'POST', '/reset');
  const own = new Map<string, readonly string[]>();
  const others = [...CONSTANT_TOKENS];
  for (const capability of BOTH) {
    const given = { phoneNumber: PHONE_NUMBER, capability, count: SEVERAL };
    for (const appId of APP_IDS) {
      const minted = await mintTokens(url, appId, {
        ...given,
        count: appId === 'main' ? roundSize : SEVERAL,
      });
      own.set(`${appId} ${capability}`, minted);
      others.push(...minted.slice(0, SEVERAL));
    }
    others.push(...(await mintTokens(url, 'main', { ...given, ageMs: AGE_PAST_LIFE_MS })));
    for (const phoneNumber of TEST_NUMBERS)
      others.push(...(await mintTokens(url, 'main', { ...given, phoneNumber })));
  }
  const shared = {
    ...keys,
    platformPublicKey: testKeys.platform.publicKey,
    phoneNumber: PHONE_NUMBER,
    otherPhoneNumber: '13800138001',
    msgId: 'bed1dc7f6cd645b9be9006ae08040c93',
    time: beijingTime(Date.now()),
  };
  return {
    valuesOf: (appId, token) => {
      const { appKey, appSecret } = appNamed(appId);
      return { ...shared, appId, appKey, appSecret, token };
    },
    ownToken: (appId, operation, index) => {
      const tokens = own.get(`${appId} ${operation}`) ?? [];
      return tokens[index % tokens.length] ?? '';
    },
    otherToken: (pick) => others[pick % others.length] ?? '',
  };
}
