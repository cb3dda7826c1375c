/** A mock with a control API. Each case has its own app. */

import type { Operation } from '../index.js';
import keys from '../keys.json' with { type: 'json' };
import type { CaseRequest, GivenToken } from '../kit/case.js';
import { type AppControl, firstFinding, type IssuedToken, makeApp, textToken } from '../kit/control.js';
import { OPERATIONS } from '../kit/operations.js';
import { filledDeep, type Values } from '../kit/pointer.js';
import type { CaseApp, Need, Provider } from '../kit/provider.js';
import type { Finding } from '../kit/result.js';
import type { ControlCall, Subject } from '../kit/wire.js';

export interface MockProviderOptions {
  readonly url: string;
  readonly subject: Subject;
  readonly control: ControlCall;
  readonly lang: string;
  /** The URL of the control API, if the apps of failed cases are kept. */
  readonly keptAppsUrl?: string;
}

const HAS: ReadonlySet<Need> = new Set<Need>([...OPERATIONS, 'control', 'rsa', 'smsFallback', 'token']);

const { $comment: _, ...KEYS } = keys;

type MintedToken = Extract<GivenToken, { readonly mint: unknown }>;
type Settings = Readonly<Record<string, unknown>>;

const SETTINGS: Settings = {
  capabilities: OPERATIONS,
  appVerifyKey: '{appVerifyKey}',
  appEncryptKey: '{appEncryptKey}',
};

export function mockProvider({ url, subject, control, lang, keptAppsUrl }: MockProviderOptions): Provider {
  const secrets = new Set<string>();
  const phoneNumbers = new Set<string>();
  const rememberNumber = (issued: IssuedToken): IssuedToken => {
    phoneNumbers.add(issued.phoneNumber);
    return issued;
  };
  return {
    name: url,
    has: HAS,
    hidden: () => ({ secrets: [...secrets], phoneNumbers: [...phoneNumbers] }),
    isMock: true,
    ...(keptAppsUrl !== undefined && { keptAppsUrl }),
    baseUrl: () => url,
    subject: () => subject,
    open: async (operation, testCase) => {
      const caseApp = await openCaseApp(control, operation, testCase);
      for (const credential of ['appKey', 'appSecret']) secrets.add(caseApp.values[credential] ?? '');
      return { ...caseApp, newToken: async () => rememberNumber(await caseApp.newToken()) };
    },
    findingOf: (requestId): Promise<Finding | undefined> => firstFinding(control, requestId, lang),
  };
}

async function openCaseApp(call: ControlCall, operation: Operation, testCase: CaseRequest): Promise<CaseApp> {
  const { given = {} } = testCase;
  const own = await makeApp(call, settingsOf(given.app));
  const { appId, appKey, appSecret, platformPublicKey } = own.app;
  const values: Values = { ...KEYS, appId, appKey, appSecret, platformPublicKey };
  const { clock, token } = given;
  if (clock !== undefined) await own.control.stopClock(clock.at === undefined ? undefined : Date.parse(clock.at));
  const minted: MintedToken = token !== undefined && 'mint' in token ? token : { mint: {} };
  const foreign = minted.of === 'anotherApp' ? await makeApp(call, settingsOf(given.anotherApp)) : undefined;
  const minting = (foreign ?? own).control;
  return {
    values,
    control: withFilledSettings(own.control),
    tokenControl: minting,
    newToken: async () => textToken(testCase) ?? minting.mint(operation, filledSettings(minted.mint, values)),
    end: async () => {
      await own.control.remove();
      await foreign?.control.remove();
    },
  };
}

function settingsOf(given: Settings | undefined): Settings {
  return filledSettings({ ...SETTINGS, ...given }, KEYS);
}

/** Settings can contain names of keys in braces. */
function withFilledSettings(control: AppControl): AppControl {
  return { ...control, change: (settings) => control.change(filledSettings(settings, KEYS)) };
}

function filledSettings(settings: Settings, values: Values): Settings {
  return filledDeep(settings, values) as Settings;
}
