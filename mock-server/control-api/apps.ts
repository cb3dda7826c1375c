/** /_mock/apps and /_mock/reset. */

import type { Api } from '../../src/control/calls/components.js';
import { DEFAULT_READINGS } from '../../src/protocol/readings.js';
import { generateRsaPair } from '../../src/protocol/rsa-keys.js';
import {
  createApp,
  isTeam,
  listAppsIn,
  patchApp,
  removeApp,
  resetApp,
  type Scope,
} from '../carrier/apps/apps.js';
import { resetAll } from '../carrier/apps/configured-apps.js';
import { generateControlToken } from '../carrier/apps/locks.js';
import type { Carrier } from '../carrier/carrier.js';
import { APPS_MAX, type AppInput, publicKeyProblem } from '../carrier/engine/app-settings.js';
import type { AppRecord } from '../carrier/store/state-store.js';
import { invalid, invalidValue, problem } from './problem.js';
import type { Call, Handlers } from './route.js';

export const APPS_HANDLERS = {
  resetAll: ({ carrier, scope }) => resetAll(carrier, scope),
  createApp: create,
  listApps: async ({ carrier, scope }) => {
    const apps = await listAppsIn(carrier, scope);
    return { apps: apps.map((app) => appView(carrier, app)) };
  },
  getApp: ({ carrier, app }) => appView(carrier, app),
  patchApp: patch,
  deleteApp: async ({ carrier, params: { appId } }) => {
    if (!(await removeApp(carrier, appId))) throw problem('app.not-found', { app: appId });
  },
  resetApp: async ({ carrier, params: { appId } }) => {
    if (!(await resetApp(carrier, appId))) throw problem('app.not-found', { app: appId });
  },
} satisfies Partial<Handlers>;

async function create({ carrier, body, scope }: Call<'createApp'>) {
  const { generateKeys, generateControlToken, origin = 'api', ...settingsSent } = body;
  const input = inputOf(settingsSent);
  if (generateControlToken === true) refuseOfTeam(scope, '/generateControlToken');
  const ofTeam = ofTeamIn(scope, input);
  const generated = generateKeys === true ? await newKeys(input) : undefined;
  const generatedToken = generateControlToken === true ? newControlToken(input) : undefined;
  const settings = Object.assign(
    checkedKeys(input),
    generated?.publicHalves,
    generatedToken,
    ofTeam,
  );
  const created = await createApp(carrier, settings, origin);
  if (created === 'exists') throw problem('app.exists', { app: input.appId });
  if (created === 'full') throw problem('apps.too-many', { max: APPS_MAX });
  return Object.assign(appView(carrier, created), generated?.privateHalves, generatedToken);
}

/** An app belongs to the team that creates it, and stays there. */
function ofTeamIn(scope: Scope, { controlToken }: AppInput): Pick<AppInput, 'controlToken'> {
  if (!isTeam(scope)) return {};
  if (controlToken !== undefined) refuseOfTeam(scope, '/controlToken');
  return { controlToken: scope.controlToken };
}

function refuseOfTeam(scope: Scope, pointer: string): void {
  if (isTeam(scope)) throw invalid(pointer, 'app.team-token', { team: scope.team });
}

async function patch({ carrier, params: { appId }, body, scope }: Call<'patchApp'>) {
  const { appId: renamed, ...input } = inputOf(body);
  if (input.controlToken !== undefined) refuseOfTeam(scope, '/controlToken');
  if (renamed !== undefined && renamed !== appId) throw invalid('/appId', 'app.id-fixed');
  const patched = await patchApp(carrier, appId, checkedKeys(input));
  if (patched === undefined) throw problem('app.not-found', { app: appId });
  return appView(carrier, patched);
}

/** The schema has checked the forms of readings, such as `refused:<code>`, which the type of a body does not have. */
function inputOf(settings: Api['PatchApp']): AppInput {
  return settings as AppInput;
}

function checkedKeys(input: AppInput): AppInput {
  for (const field of ['appVerifyKey', 'appEncryptKey'] as const) {
    const key = input[field];
    const mistake = typeof key === 'string' ? publicKeyProblem(key) : undefined;
    if (mistake !== undefined) throw invalidValue(`/${field}`, 'value.key', { mistake });
  }
  return input;
}

/** Generates both key pairs in the portal's format. The private keys are returned once and not stored. */
async function newKeys(input: AppInput) {
  const keyName = (['appVerifyKey', 'appEncryptKey'] as const).find(
    (field) => typeof input[field] === 'string',
  );
  if (keyName !== undefined) throw excluded('/generateKeys', keyName);
  const [sign, decrypt] = await Promise.all([generateRsaPair(), generateRsaPair()]);
  return {
    publicHalves: { appVerifyKey: sign.publicKey, appEncryptKey: decrypt.publicKey },
    privateHalves: { appSignPrivateKey: sign.privateKey, appDecryptPrivateKey: decrypt.privateKey },
  };
}

function excluded(pointer: string, other: string) {
  return invalidValue(pointer, 'value.excluded', { other });
}

/** The token is returned once and stored as a hash. */
function newControlToken({ controlToken }: AppInput) {
  if (typeof controlToken === 'string') throw excluded('/generateControlToken', 'controlToken');
  return { controlToken: generateControlToken() };
}

/** All settings except the control token, which is shown once. */
function appView({ settings: { platformPublicKey } }: Carrier, { settings, origin }: AppRecord) {
  const hasControlToken = settings.lock !== null;
  // A store can contain apps of an earlier version, which lack newer readings.
  const readings = { ...DEFAULT_READINGS, ...settings.readings };
  // JSON omits undefined values. An app of an earlier version has no name.
  return {
    ...settings,
    name: settings.name ?? null,
    readings,
    lock: undefined,
    platformPublicKey,
    origin,
    hasControlToken,
  };
}
