/** Explains requests of the demo app with the command. */
import demoApps from '../../fixtures/apps.json' with { type: 'json' };
import { type Called, callCommand } from './called-command.js';
import { temporaryFile } from './files.js';
import { TEST_KEYS } from './keys.js';
import {
  type EnvelopeChanges,
  type Fields,
  loginRequest,
  verifyRequest,
  verifyRsaRequest,
} from './requests.js';

export const [
  APP = {
    appId: '',
    appKey: '',
    appSecret: '',
    appVerifyKey: '',
    appEncryptKey: '',
    capabilities: [],
  },
] = demoApps;
export const TOKEN = 'STsid0000001795570579000abcdefghijklmn0wABCDEFGHIJKLMNOP';
export const PHONE_NUMBER = '13800138000';
export const SWAPPED = loginRequest({ ...APP, appSecret: APP.appKey }, TOKEN);
const WITHOUT_LANGUAGE = { LANG: '', LC_ALL: '' };

export function loginOf(changes: Fields = {}) {
  return loginRequest(APP, TOKEN, changes);
}

export function verifyOf(changes: EnvelopeChanges = {}, phoneNumber = PHONE_NUMBER) {
  return verifyRequest(APP, { token: TOKEN, phoneNumber }, changes);
}

export function verifyRsaOf(platformPublicKey: string) {
  const keys = { signKey: TEST_KEYS.demoAppSign.privateKey, platformPublicKey };
  return verifyRsaRequest(APP, { token: TOKEN, phoneNumber: PHONE_NUMBER }, keys);
}

export interface CapturedCall {
  readonly app?: unknown;
  readonly request: unknown;
  readonly flags?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

export function explain({
  app = APP,
  request,
  flags = [],
  env = WITHOUT_LANGUAGE,
}: CapturedCall): Promise<Called> {
  const files = [temporaryFile('app.json', app), temporaryFile('request', request)] as const;
  return callCommand(['explain', '--app', files[0], ...flags, files[1]], env);
}

/** Returns the command's JSON and its exit status. */
export async function explained(call: CapturedCall) {
  const { status, stdout, stderr } = await explain({
    ...call,
    flags: ['--json', ...(call.flags ?? [])],
  });
  return { status, stderr, ...JSON.parse(stdout) };
}

/** `0 103000 allMet null`: exit status, code, rule and next step. */
export async function verdict(call: CapturedCall): Promise<string> {
  const { status, resultCode, decidedBy, next } = await explained(call);
  return `${status} ${resultCode} ${decidedBy} ${next}`;
}
