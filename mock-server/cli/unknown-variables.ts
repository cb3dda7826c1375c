/** Variables that look like settings of the mock and are none, for example after a typing mistake. */
import type { Bilingual } from '../../src/text/bilingual.js';
import { nearName } from '../../src/text/edit-distance.js';
import type { Environment } from '../options/language.js';

const PREFIX = 'CMPASSPORT_';

/** What `exec`, `contract consumer` and the examples give to or read in other programs. */
const OF_PROGRAMS = [
  ...['BASE', 'BASE_URL', 'APP_ID', 'APP_KEY', 'APP_SECRET', 'APP_SIGN_KEY', 'APP_DECRYPT_KEY', 'PLATFORM_PUBLIC_KEY'],
  ...['APP_SIGN_KEY_FILE', 'APP_DECRYPT_KEY_FILE', 'PLATFORM_PUBLIC_KEY_FILE', 'PROXY', 'CA_FILE', 'TRUST_STORE'],
  ...['OPERATION', 'TOKEN', 'PHONE_NUMBER', 'RESULT_CODE', 'SCENARIO', 'JOB'],
].map((name) => PREFIX + name);

/** A warning for each. `settings` has the variables of all flags. */
export function unknownVariables(env: Environment, settings: readonly string[]): readonly Bilingual[] {
  const unknown = Object.keys(env).filter(
    (name) => name.startsWith(PREFIX) && !settings.includes(name) && !OF_PROGRAMS.includes(name),
  );
  return unknown.map((name) => {
    const near = nearName(name, settings);
    return {
      en: `the variable ${name} is unknown and has no effect${near === undefined ? '' : `: did you mean ${near}?`}`,
      zh: `未知的环境变量 ${name} 不起作用${near === undefined ? '' : `：是不是 ${near}？`}`,
    };
  });
}
