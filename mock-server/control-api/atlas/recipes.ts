/** How to get each result code by its cause: an app, a token and a request that leave one requirement unmet. */
import type { Texts } from '../../../src/protocol/fields.js';
import type { Operation } from '../../../src/protocol/operations.js';
import type { LoginTokenValidateResultCode, TokenValidateResultCode } from '../../../src/protocol/result-codes.js';
import type { AppInput } from '../../carrier/engine/app-settings.js';
import type { TokenCapability } from '../../carrier/engine/state.js';
import type { Persona, Subscriber } from '../../carrier/outcomes/personas.js';

/** The differences from a request that succeeds. */
export interface Recipe<O extends Operation = Operation> {
  readonly app?: AppInput;
  /** The capability of the token, if it is not that of the operation. */
  readonly capability?: TokenCapability;
  readonly tokenOfAnotherApp?: true;
  /** The request verifies another phone number than the token's. */
  readonly anotherNumber?: true;
  /** The token belongs to this test number. */
  readonly persona?: Persona;
  /** Replace the default values before signing; `sign` replaces the signature. With a `token` none is minted. */
  readonly fields?: Texts<O>;
  readonly method?: 'GET';
  /** Replaces the whole body of the request. */
  readonly body?: string;
}

interface Row<C extends string, O extends Operation = Operation> {
  readonly code: C;
  readonly recipe: Recipe<O>;
}

/** The apps that the commands create. */
export const APP_ID_PREFIX = 'atlas-';
const UNKNOWN_APP_ID = `${APP_ID_PREFIX}unknown`;
const INCOMPLETE_JSON = '{"version":';
const OTHER_ADDRESS = '192.0.2.1';
/** A well-formed token that is never issued. */
const NEVER_MINTED = 'STsid0000001500000000000NEVERMINTEDNEVERMINTEDNEVERMINTE';

const LOGIN_TOKEN_VALIDATE: readonly Row<LoginTokenValidateResultCode, 'loginTokenValidate'>[] = [
  { code: '103000', recipe: {} },
  { code: '103101', recipe: { fields: { sign: '0'.repeat(32) } } },
  { code: '103113', recipe: { fields: { token: 'not-a-token' } } },
  { code: '103119', recipe: { fields: { appId: UNKNOWN_APP_ID, token: NEVER_MINTED } } },
  { code: '103133', recipe: { tokenOfAnotherApp: true } },
  { code: '103211', recipe: { body: '{"strictcheck":false}' } },
  { code: '103412', recipe: { body: INCOMPLETE_JSON } },
  { code: '103414', recipe: { fields: { version: '1.0' } } },
  {
    code: '103511',
    recipe: { app: { ipWhitelist: { loginTokenValidate: OTHER_ADDRESS } }, fields: { strictCheck: '1' } },
  },
  { code: '103811', recipe: { fields: { token: '' } } },
  { code: '104201', recipe: { fields: { token: NEVER_MINTED } } },
  { code: '105018', recipe: { capability: 'tokenValidate' } },
  { code: '105019', recipe: { app: { capabilities: ['tokenValidate'] } } },
  { code: '105312', recipe: { app: { contracted: true, callPackage: 0 } } },
  { code: '105313', recipe: { method: 'GET' } },
];

const TOKEN_VALIDATE: readonly Row<TokenValidateResultCode, 'tokenValidate'>[] = [
  { code: '000', recipe: {} },
  { code: '001', recipe: { app: { capabilities: ['tokenValidate', 'smsFallback'] }, anotherNumber: true } },
  { code: '002', recipe: { persona: 'numberNotObtained' } },
  { code: '003', recipe: { persona: 'tokenServiceDown' } },
  { code: '004', recipe: { fields: { phoneNum: 'neither-hash-nor-ciphertext' } } },
  { code: '102', recipe: { fields: { version: '2.0' } } },
  { code: '124', recipe: { app: { ipWhitelist: { tokenValidate: OTHER_ADDRESS } } } },
  { code: '302', recipe: { fields: { sign: '0'.repeat(64) } } },
  { code: '303', recipe: { body: INCOMPLETE_JSON } },
  { code: '606', recipe: { fields: { token: NEVER_MINTED } } },
  { code: '999', recipe: { persona: 'serviceDown' } },
  { code: '103420', recipe: { app: { capabilities: ['loginTokenValidate'] } } },
];

const RECIPES: Readonly<Record<Operation, readonly Row<string>[]>> = {
  loginTokenValidate: LOGIN_TOKEN_VALIDATE,
  tokenValidate: TOKEN_VALIDATE,
};

export interface Code {
  readonly operation: Operation;
  readonly code: string;
}

export function recipeRow({ operation, code }: Code) {
  return RECIPES[operation].find((row) => row.code === code);
}

/** Whether a request is built and signed. */
export function isBuilt({ method, body }: Recipe): boolean {
  return method === undefined && body === undefined;
}

/** The app's settings, without a whitelist for the operation: by default it may contain only the mock's machine. */
export function appSettings(operation: Operation, { app }: Recipe): AppInput {
  return { ...app, ipWhitelist: { [operation]: null, ...app?.ipWhitelist } };
}

/** The input for minting the token. */
export function phoneOf(operation: Operation, { capability }: Recipe, { phoneNumber }: Subscriber) {
  return { phoneNumber, capability: capability ?? operation };
}

/** The owner of the token; undefined on a server without the test number. */
export function subscriberFor({ persona }: Recipe, subscribers: readonly Subscriber[]): Subscriber | undefined {
  return subscribers.find((subscriber) => subscriber.persona === persona);
}

const OTHER_NUMBERS = ['13900139000', '13800138000'] as const;

export function verifiedNumber({ anotherNumber }: Recipe, phoneNumber: string): string {
  const [other, another] = OTHER_NUMBERS;
  if (anotherNumber === undefined) return phoneNumber;
  return phoneNumber === other ? another : other;
}
