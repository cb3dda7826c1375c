/** A mock with a control API: an app of its own for each case. */
import type { Operation } from '../index.js';
import keys from '../keys.json' with { type: 'json' };
import type { Finding } from '../results/result.js';
import { filledDeep, type Values } from '../sign/template.js';
import type { Case, GivenToken } from './case.js';
import { type AppControl, firstFinding, type IssuedToken, makeApp } from './control.js';
import type { Need } from './needs.js';
import type { ControlCall, Subject } from './subject.js';
import { textToken } from './text-token.js';
import type { Provider, World } from './world.js';

export interface MockPlace {
  readonly name: string;
  readonly baseUrl: string;
  readonly subject: Subject;
  readonly control: ControlCall;
  readonly lang: string;
  /** Where the control API is, if what failed cases made is to be kept. */
  readonly keptAt?: string;
}

const HAS: ReadonlySet<Need> = new Set<Need>([
  'loginTokenValidate',
  'tokenValidate',
  'control',
  'rsa',
  'smsFallback',
  'token',
]);

const { $comment: _, ...KEYS } = keys;

type MintedToken = Extract<GivenToken, { readonly mint: unknown }>;
type Settings = Readonly<Record<string, unknown>>;

const SETTINGS: Settings = {
  capabilities: ['loginTokenValidate', 'tokenValidate'],
  appVerifyKey: '{appVerifyKey}',
  appEncryptKey: '{appEncryptKey}',
};

export function mockProvider({ name, baseUrl, subject, control, lang, keptAt }: MockPlace): Provider {
  const secrets = new Set<string>();
  const phoneNumbers = new Set<string>();
  const noted = (issued: IssuedToken): IssuedToken => {
    phoneNumbers.add(issued.phoneNumber);
    return issued;
  };
  return {
    name,
    has: HAS,
    hidden: () => ({ secrets: [...secrets], phoneNumbers: [...phoneNumbers] }),
    isMock: true,
    ...(keptAt !== undefined && { keptAt }),
    baseUrl: () => baseUrl,
    subject: () => subject,
    open: async (operation, testCase) => {
      const world = await openWorld(control, operation, testCase);
      for (const credential of ['appKey', 'appSecret']) secrets.add(world.values[credential] ?? '');
      return { ...world, newToken: async () => noted(await world.newToken()) };
    },
    findingOf: (requestId): Promise<Finding | undefined> => firstFinding(control, requestId, lang),
  };
}

async function openWorld(call: ControlCall, operation: Operation, testCase: Case): Promise<World> {
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
    control: changing(own.control),
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

/** Settings may name keys. */
function changing(control: AppControl): AppControl {
  return { ...control, change: (settings) => control.change(filledSettings(settings, KEYS)) };
}

function filledSettings(settings: Settings, values: Values): Settings {
  return filledDeep(settings, values) as Settings;
}
