/** /_mock/apps: made, listed, read, changed, removed, reset. */
import { Router } from 'express';
import { generateRsaPair } from '../../src/protocol/rsa-keys.js';
import type { Carrier } from '../carrier/carrier.js';
import { APPS_MAX, publicKeyProblem } from '../engine/app-settings.js';
import * as validators from '../validators.js';
import type { AppInput } from '../worlds/app-input.js';
import { createApp, listAppsIn, patchApp, removeApp, resetApp, type Scope } from '../worlds/apps.js';
import { resetAll } from '../worlds/configured-apps.js';
import { drawControlToken } from '../worlds/control-token.js';
import { appAt, appView } from './app-view.js';
import { checked, invalid, Problem, unknownApp } from './problem.js';

type CreateBody = AppInput & { readonly generateKeys?: boolean; readonly generateControlToken?: boolean };

export function appsRoutes(carrier: Carrier, scope: Scope): Router {
  const routes = Router();

  routes.post('/apps', async (req, res) => {
    const { generateKeys, generateControlToken, ...input } = checked<CreateBody>(validators.createApp, req.body);
    const generated = generateKeys === true ? await newKeys(input) : undefined;
    const drawn = generateControlToken === true ? newControlToken(input) : undefined;
    const created = await createApp(carrier, { ...checkedKeys(input), ...generated?.publicHalves, ...drawn }, 'api');
    if (created === 'exists') throw new Problem(409, `appId ${JSON.stringify(input.appId)} is taken`, '/appId');
    if (created === 'full')
      throw new Problem(409, `there are ${APPS_MAX} apps already: DELETE those that are done with`);
    res.status(201).json({ ...appView(carrier, created), ...generated?.privateHalves, ...drawn });
  });

  routes.get('/apps', async (_req, res) => {
    res.json({ apps: (await listAppsIn(carrier, scope)).map((record) => appView(carrier, record)) });
  });

  routes.get('/apps/:appId', async (req, res) => {
    res.json(appView(carrier, await appAt(carrier, req.params.appId)));
  });

  routes.patch('/apps/:appId', async (req, res) => {
    const { appId } = req.params;
    const { appId: renamed, ...input } = checked<AppInput>(validators.patchApp, req.body);
    if (renamed !== undefined && renamed !== appId) {
      throw invalid({ pointer: '/appId', detail: `cannot be changed, found ${JSON.stringify(renamed)}` });
    }
    const patched = await patchApp(carrier, appId, checkedKeys(input));
    if (patched === undefined) throw unknownApp(appId);
    res.json(appView(carrier, patched));
  });

  routes.delete('/apps/:appId', async (req, res) => {
    if (!(await removeApp(carrier, req.params.appId))) throw unknownApp(req.params.appId);
    res.status(204).end();
  });

  routes.post('/apps/:appId/reset', async (req, res) => {
    checked(validators.nothing, req.body);
    if (!(await resetApp(carrier, req.params.appId))) throw unknownApp(req.params.appId);
    res.status(204).end();
  });

  routes.post('/reset', async (req, res) => {
    checked(validators.nothing, req.body);
    await resetAll(carrier, scope);
    res.status(204).end();
  });

  return routes;
}

function checkedKeys(input: AppInput): AppInput {
  for (const field of ['appVerifyKey', 'appEncryptKey'] as const) {
    const key = input[field];
    const detail = typeof key === 'string' ? publicKeyProblem(key) : undefined;
    if (detail !== undefined) throw invalid({ pointer: `/${field}`, detail });
  }
  return input;
}

/** Both pairs, in the portal's format; the private halves are shown once and not kept. */
async function newKeys(input: AppInput) {
  const given = (['appVerifyKey', 'appEncryptKey'] as const).find((field) => typeof input[field] === 'string');
  if (given !== undefined)
    throw invalid({ pointer: '/generateKeys', detail: `does not go with ${given}: leave out one of the two` });
  const [sign, decrypt] = await Promise.all([generateRsaPair(), generateRsaPair()]);
  return {
    publicHalves: { appVerifyKey: sign.publicKey, appEncryptKey: decrypt.publicKey },
    privateHalves: { appSignPrivateKey: sign.privateKey, appDecryptPrivateKey: decrypt.privateKey },
  };
}

/** Shown once, and kept as a hash. */
function newControlToken({ controlToken }: AppInput) {
  if (typeof controlToken === 'string')
    throw invalid({
      pointer: '/generateControlToken',
      detail: 'does not go with controlToken: leave out one of the two',
    });
  return { controlToken: drawControlToken() };
}
