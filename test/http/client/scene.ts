/** A mock with an app of the test and its clients, and servers that send what no mock sends. */
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import { connectMock, type MockApp, type NewApp } from '../../../src/control/index.js';
import {
  type CmpassportClient,
  type CmpassportClientConfig,
  createCmpassportClient,
  type PhoneNumberAnswer,
  type VerificationAnswer,
} from '../../../src/index.js';
import { type Changes, OWN } from '../../support/client.js';
import { sharedMock } from '../../support/mock.js';

export const ALL_CAPABILITIES = ['loginTokenValidate', 'tokenValidate', 'smsFallback'] as const;

export interface Scene {
  readonly url: string;
  readonly app: MockApp;
  readonly config: CmpassportClientConfig;
  readonly client: CmpassportClient;
  clientWith(changes: Changes): CmpassportClient;
  /** getPhoneNumber with a fresh token. */
  login(client?: CmpassportClient): Promise<PhoneNumberAnswer>;
  /** verifyPhoneNumber with a fresh token of OWN. `phoneNumber` defaults to OWN. */
  verify(phoneNumber?: string, client?: CmpassportClient): Promise<VerificationAnswer>;
}

export async function newScene(settings: NewApp = {}, changes: Changes = {}): Promise<Scene> {
  const { url } = await sharedMock();
  return sceneAt(url, settings, changes);
}

export async function sceneAt(
  url: string,
  settings: NewApp = {},
  changes: Changes = {},
): Promise<Scene> {
  const app = await connectMock({ url }).createApp({ capabilities: ALL_CAPABILITIES, ...settings });
  const { appId, appKey, appSecret } = app;
  const config = {
    appId,
    appKey,
    appSecret,
    baseUrl: url,
    production: false,
    ...changes,
  } as CmpassportClientConfig;
  const clientWith = (more: Changes) =>
    createCmpassportClient({ ...config, ...more } as CmpassportClientConfig);
  const client = clientWith({});
  return {
    url,
    app,
    config,
    client,
    clientWith,
    login: async (by = client) => by.getPhoneNumber((await app.mint()).token),
    verify: async (phoneNumber = OWN, by = client) => {
      const { token } = await app.mint({ phoneNumber: OWN, capability: 'tokenValidate' });
      return by.verifyPhoneNumber({ token, phoneNumber });
    },
  };
}

/** The RSA keys of an app that was created with generateKeys. */
export function keysOf({
  appSignPrivateKey = '',
  appDecryptPrivateKey = '',
  platformPublicKey,
  settings,
}: MockApp) {
  const { appVerifyKey, appEncryptKey } = settings;
  return {
    appSignPrivateKey,
    appDecryptPrivateKey,
    platformPublicKey,
    appVerifyKey: appVerifyKey ?? '',
    appEncryptKey: appEncryptKey ?? '',
  };
}

/** An HTTP server for a test. `connections` returns the number of its connections so far. */
export async function serve(
  listener: RequestListener,
): Promise<{ readonly url: string; connections(): number }> {
  const server = createServer(listener);
  let connections = 0;
  server.on('connection', () => {
    connections += 1;
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(
    () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  );
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    connections: () => connections,
  };
}
