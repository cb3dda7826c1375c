/** The scene for calls of every operation of the control API. */
import { type Bench, charge, controlBench, createApp, exchange, mint, verifyNumber } from '../../support/control.js';
import type { DirectAnswer } from '../../support/direct-api.js';
import { LOGIN_PATH, type TestApp } from '../../support/mock.js';
import { loginRequest } from '../../support/requests.js';
import { issueIn, tlsFolder } from '../../support/tls.js';

/** An app that received several kinds of requests. */
export interface Scene extends Bench {
  readonly app: TestApp;
  /** `/_mock/apps/…` */
  readonly path: string;
  readonly token: string;
  readonly accessToken: string;
  readonly requestId: string;
}

export async function newScene(): Promise<Scene> {
  const bench = await controlBench({ caPem: (await issueIn(await tlsFolder())).caPem });
  const app = await createApp(bench, { capabilities: ['loginTokenValidate', 'tokenValidate', 'smsFallback'] });
  const path = `/_mock/apps/${app.appId}`;
  const { requestId } = await charge(bench, app);
  await exchange(bench, app, 'no token', { sign: 'wrong' });
  await bench.api.post(LOGIN_PATH).send('no JSON');
  await bench.api.put(`${path}/outcomes/loginTokenValidate`).send({ script: 'status(503), pass*' }).expect(200);
  const token = await mint(bench, app);
  await bench.api.post(LOGIN_PATH).send(loginRequest(app, token)).expect(503);
  const { answer } = await verifyNumber(bench, app, '13911112222');
  return { ...bench, app, path, token, accessToken: answer.accessToken, requestId };
}

export interface CallRow {
  readonly operationId: string;
  readonly description: string;
  readonly status: number;
  readonly call: (scene: Scene) => PromiseLike<DirectAnswer>;
}
