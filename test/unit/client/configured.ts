/** Creates clients from configurations, and returns the errors of refused ones. */
import {
  type CmpassportClientConfig,
  type CmpassportKeys,
  ConfigurationError,
  createCmpassportClient,
} from '../../../src/index.js';
import { APP, thrown } from '../../support/client.js';
import { privateKeyOf, TEST_KEYS } from '../../support/keys.js';

const { demoAppSign, demoAppDecrypt, platform } = TEST_KEYS;

export const KEYS: CmpassportKeys = {
  appSignPrivateKey: demoAppSign.privateKey,
  appDecryptPrivateKey: demoAppDecrypt.privateKey,
  platformPublicKey: platform.publicKey,
};

export function make(config: object) {
  return createCmpassportClient({ appId: APP.appId, ...config } as CmpassportClientConfig);
}

export function refusal(config: object): ConfigurationError {
  return thrown(() => make(config), ConfigurationError);
}

export const pemOf = (key: string) =>
  privateKeyOf(key).export({ type: 'pkcs8', format: 'pem' }).toString();
