/** The app and the token of a scenario at the mock, and the environment variables that pass them to the command. */
import type { Operation } from '../index.js';
import keys from '../keys.json' with { type: 'json' };
import { type AppControl, makeApp } from '../kit/control.js';
import { filledDeep, type Values } from '../kit/template.js';
import type { ControlCall } from '../kit/wire.js';
import type { Scenario } from '../sent/scenario.js';

export interface ScenarioApp {
  readonly control: AppControl;
  /** Credentials, token and numbers, by their names in recipes and texts. */
  readonly values: Values;
}

const { $comment: _, ...KEYS } = keys;

const SETTINGS = {
  capabilities: ['loginTokenValidate', 'tokenValidate'],
  // The recorder calls the mock from the address of the kit.
  ipWhitelist: { loginTokenValidate: null, tokenValidate: null },
  appVerifyKey: '{appVerifyKey}',
  appEncryptKey: '{appEncryptKey}',
};

const OTHER_PHONE_NUMBER = '13900139000';

export async function openScenarioApp(
  call: ControlCall,
  operation: Operation,
  { given, answer }: Scenario,
): Promise<ScenarioApp> {
  const settings = filledDeep({ ...SETTINGS, ...given?.app }, KEYS) as Readonly<Record<string, unknown>>;
  const { app, control } = await makeApp(call, settings);
  const { appId, appKey, appSecret, platformPublicKey } = app;
  const { token, phoneNumber } = await control.mint(operation);
  if (answer.script !== undefined) await control.script(operation, answer.script);
  const values = { ...KEYS, appId, appKey, appSecret, platformPublicKey, token, phoneNumber };
  return { control, values: { ...values, otherPhoneNumber: OTHER_PHONE_NUMBER } };
}

/** The environment variables, with the names of their values. */
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
  /** The id of the scenario. */
  readonly id: string;
  readonly job: number;
}

export function variablesOf(
  { values }: ScenarioApp,
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
