/** The checks of a client's configuration at its creation. The document, 1.2 and 2.3 and their notes. */
import { type CmpassportKeys, checkFixedSecrets, type Secrets } from './credentials.js';
import { ConfigurationError } from './errors.js';
import { type Modes, modesOf } from './modes.js';
import { type CmpassportClientConfig, type SettingValues, settingValues } from './settings.js';
import type { Signer } from './signed-request.js';

/** A checked configuration with its defaults. */
export interface Settings extends SettingValues {
  readonly secrets: Secrets;
  readonly sign: Signer | undefined;
  readonly modes: Modes;
}

/** @throws ConfigurationError that names the field */
export function checkedSettings(config: CmpassportClientConfig): Settings {
  const { appKey, appSecret, keys = {}, ...values } = settingValues(config);
  const { sign, ...named } = keys;
  checkSigner(keys);
  const ofKeys = Object.entries(named).map(([name, key]) => [`keys.${name}`, key]);
  const secrets: Secrets = { appKey, appSecret, ...Object.fromEntries(ofKeys) };
  checkFixedSecrets(secrets);
  return { ...values, secrets, sign, modes: modesOf(secrets, config) };
}

function checkSigner({ sign, appSignPrivateKey }: CmpassportKeys): void {
  if (sign === undefined) return;
  if (typeof sign !== 'function') throw new ConfigurationError('keys.sign', 'must be a function');
  if (appSignPrivateKey === undefined) return;
  throw new ConfigurationError(
    'keys.sign',
    'replaces keys.appSignPrivateKey, found both. Remove one of them.',
  );
}
