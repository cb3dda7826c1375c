/** Where a scenario happens: an app and a token of its own at the mock, and the variables that tell the command of them. */
import type { Operation } from '../index.js';
import keys from '../keys.json' with { type: 'json' };
import { type AppControl, makeApp } from '../provider/control.js';
import type { ControlCall } from '../provider/subject.js';
import { filledDeep, type Values } from '../sign/template.js';
import type { Scenario } from './scenario.js';

export interface ScenarioWorld {
  readonly control: AppControl;
  /** Credentials, token and numbers by the names that recipes and texts use. */
  readonly values: Values;
}

const { $comment: _, ...KEYS } = keys;

const SETTINGS = {
  capabilities: ['loginTokenValidate', 'tokenValidate'],
  // The recorder calls in the client's place, from wherever the kit runs.
  ipWhitelist: { loginTokenValidate: null, tokenValidate: null },
  appVerifyKey: '{appVerifyKey}',
  appEncryptKey: '{appEncryptKey}',
};

const OTHER_PHONE_NUMBER = '13900139000';

export async function openWorld(
  call: ControlCall,
  operation: Operation,
  { given, answer }: Scenario,
): Promise<ScenarioWorld> {
  const settings = filledDeep({ ...SETTINGS, ...given?.app }, KEYS) as Readonly<Record<string, unknown>>;
  const { app, control } = await makeApp(call, settings);
  const { appId, appKey, appSecret, platformPublicKey } = app;
  const { token, phoneNumber } = await control.mint(operation);
  if (answer.script !== undefined) await control.script(operation, answer.script);
  const values = { ...KEYS, appId, appKey, appSecret, platformPublicKey, token, phoneNumber };
  return { control, values: { ...values, otherPhoneNumber: OTHER_PHONE_NUMBER } };
}

/** A variable, and the value that it holds. */
const VARIABLES: readonly (readonly [name: string, value: string])[] = [
  ['CMPASSPORT_APP_ID', 'appId'],
  ['CMPASSPORT_APP_SECRET', 'appSecret'],
  ['CMPASSPORT_APP_KEY', 'appKey'],
  ['CMPASSPORT_APP_SIGN_KEY', 'appSignKey'],
  ['CMPASSPORT_APP_DECRYPT_KEY', 'appDecryptKey'],
  ['CMPASSPORT_PLATFORM_PUBLIC_KEY', 'platformPublicKey'],
  ['CMPASSPORT_TOKEN', 'token'],
  ['CMPASSPORT_PHONE_NUMBER', 'phoneNumber'],
];

interface Run {
  readonly baseUrl: string;
  readonly operation: Operation;
  /** Of the scenario. */
  readonly id: string;
  readonly job: number;
}

export function variablesOf(
  { values }: ScenarioWorld,
  { baseUrl, operation, id, job }: Run,
): Readonly<Record<string, string>> {
  return {
    CMPASSPORT_BASE_URL: baseUrl,
    CMPASSPORT_OPERATION: operation,
    CMPASSPORT_SCENARIO: id,
    CMPASSPORT_JOB: String(job),
    ...Object.fromEntries(VARIABLES.map(([name, value]) => [name, values[value] ?? ''])),
  };
}
