/** /_mock/apps and /_mock/reset. */

import { DEFAULT_READINGS } from '../../src/protocol/readings.js';
import { generateRsaPair } from '../../src/protocol/rsa-keys.js';
import { createApp, listAppsIn, patchApp, removeApp, resetApp } from '../carrier/apps/apps.js';
import { resetAll } from '../carrier/apps/configured-apps.js';
import { generateControlToken } from '../carrier/apps/control-token.js';
import type { Carrier } from '../carrier/carrier.js';
import { APPS_MAX, type AppInput, publicKeyProblem } from '../carrier/engine/app-settings.js';
import type { AppRecord } from '../carrier/store/state-store.js';
import { invalid, invalidValue, problem } from './problem.js';
import { type AppCall, type Call, json, NO_CONTENT, routes } from './route.js';

interface CreateBody extends AppInput {
  readonly generateKeys?: boolean;
  readonly generateControlToken?: boolean;
  readonly origin?: 'console' | 'api';
}

export const RESET_ROUTES = routes('Server', [
  {
    call: 'POST /_mock/reset',
    who: 'server',
    id: 'resetAll',
    summary: 'Resets all apps to their configured state, and removes those that this API created',
    input: 'Nothing',
    output: NO_CONTENT,
    handle: ({ carrier, scope }) => resetAll(carrier, scope),
  },
]);

export const APPS_ROUTES = routes('Apps', [
  {
    call: 'POST /_mock/apps',
    who: 'server',
    id: 'createApp',
    summary: 'Creates an app; omitted settings are generated',
    input: 'CreateApp',
    output: json('CreatedApp', 201),
    problems: [409],
    handle: create,
  },
  {
    call: 'GET /_mock/apps',
    who: 'server',
    id: 'listApps',
    summary: 'All apps',
    output: json('Apps'),
    handle: async ({ carrier, scope }) => {
      const apps = await listAppsIn(carrier, scope);
      return { apps: apps.map((app) => appView(carrier, app)) };
    },
  },
  {
    call: 'GET /_mock/apps/:appId',
    id: 'getApp',
    summary: 'One app',
    output: json('App'),
    handle: ({ carrier, app }) => appView(carrier, app),
  },
  {
    call: 'PATCH /_mock/apps/:appId',
    id: 'patchApp',
    summary: 'Changes settings: an omitted one stays, null restores the default',
    input: 'PatchApp',
    output: json('App'),
    handle: patch,
  },
  {
    call: 'DELETE /_mock/apps/:appId',
    id: 'deleteApp',
    summary: 'Removes an app and all its data',
    output: NO_CONTENT,
    handle: async ({ carrier, params: { appId } }) => {
      if (!(await removeApp(carrier, appId))) throw problem('app.not-found', { app: appId });
    },
  },
  {
    call: 'POST /_mock/apps/:appId/reset',
    id: 'resetApp',
    summary: 'Resets an app to the state in which it was created',
    input: 'Nothing',
    output: NO_CONTENT,
    handle: async ({ carrier, params: { appId } }) => {
      if (!(await resetApp(carrier, appId))) throw problem('app.not-found', { app: appId });
    },
  },
]);

async function create({ carrier, input: body }: Call<CreateBody>) {
  const { generateKeys, generateControlToken, origin = 'api', ...input } = body;
  const generated = generateKeys === true ? await newKeys(input) : undefined;
  const generatedToken = generateControlToken === true ? newControlToken(input) : undefined;
  const settings = Object.assign(checkedKeys(input), generated?.publicHalves, generatedToken);
  const created = await createApp(carrier, settings, origin);
  if (created === 'exists') throw problem('app.exists', { app: input.appId });
  if (created === 'full') throw problem('apps.too-many', { max: APPS_MAX });
  return Object.assign(appView(carrier, created), generated?.privateHalves, generatedToken);
}

async function patch({ carrier, params: { appId }, input: body }: AppCall<AppInput>) {
  const { appId: renamed, ...input } = body;
  if (renamed !== undefined && renamed !== appId) throw invalid('/appId', 'app.id-fixed');
  const patched = await patchApp(carrier, appId, checkedKeys(input));
  if (patched === undefined) throw problem('app.not-found', { app: appId });
  return appView(carrier, patched);
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
  const hasControlToken = settings.controlTokenHash !== null;
  // A store can contain apps of an earlier version, which lack newer readings.
  const readings = { ...DEFAULT_READINGS, ...settings.readings };
  // JSON omits undefined values. An app of an earlier version has no name.
  return {
    ...settings,
    name: settings.name ?? null,
    readings,
    controlTokenHash: undefined,
    platformPublicKey,
    origin,
    hasControlToken,
  };
}
