/** The genuine way to each result code: an app, a token, and a request that leave one requirement unmet. */
import { OPERATIONS, type Operation } from '../../../src/protocol/operations.js';
import { hashPhoneNum } from '../../../src/protocol/phone-num.js';
import type { LoginTokenValidateResultCode, TokenValidateResultCode } from '../../../src/protocol/result-codes.js';
import { signatureOf } from '../../../src/protocol/signature.js';
import type { AppInput } from '../../carrier/apps/app-input.js';
import type { MintInput } from '../../carrier/apps/mint.js';
import type { Persona } from '../../carrier/outcomes/personas.js';

type Fields = Readonly<Record<string, unknown>>;

/** What differs from a request that succeeds. */
export interface Recipe {
  /** The app's settings; null where there is no such app. */
  readonly app?: AppInput | null;
  /** How the token is minted; null where it is not. */
  readonly mint?: MintInput | null;
  /** The token is another app's. */
  readonly tokenOfAnotherApp?: true;
  /** The number that is asked about is not the token's. */
  readonly anotherNumber?: true;
  /** The token is of a subscriber with this story. */
  readonly persona?: Persona;
  /** Fields that are changed before it is signed. */
  readonly fields?: Fields;
  /** Fields that are changed afterwards. */
  readonly unsigned?: Fields;
  readonly method?: 'GET';
  /** In place of the request. */
  readonly body?: string;
}

/** `why`: how the code comes about, in one sentence. */
type Recipes<Code extends string> = readonly { readonly code: Code; readonly why: string; readonly recipe: Recipe }[];

const HALF_A_BODY = '{"version":';
const NOBODYS_ADDRESS = '192.0.2.1';
/** Made like a token, and never given to a phone. */
const NEVER_MINTED = 'STsid0000001500000000000NEVERMINTEDNEVERMINTEDNEVERMINTE';

const LOGIN_TOKEN_VALIDATE_RECIPES: Recipes<LoginTokenValidateResultCode> = [
  { code: '103000', why: 'Everything is right.', recipe: {} },
  { code: '103101', why: 'The sign is not the one of this request.', recipe: { unsigned: { sign: '0'.repeat(32) } } },
  { code: '103113', why: 'The token is not made like one.', recipe: { mint: null, fields: { token: 'not-a-token' } } },
  { code: '103119', why: 'There is no app with the appid that is sent.', recipe: { app: null, mint: null } },
  { code: '103133', why: "The token is another app's.", recipe: { tokenOfAnotherApp: true } },
  { code: '103211', why: 'strictcheck is not a String.', recipe: { unsigned: { strictcheck: false } } },
  { code: '103412', why: 'The body is half of a JSON text.', recipe: { body: HALF_A_BODY } },
  { code: '103414', why: 'version is 1.0, and has to be 2.0.', recipe: { fields: { version: '1.0' } } },
  {
    code: '103511',
    why: 'strictcheck asks for the IP whitelist of the app, which has another address.',
    recipe: { app: { ipWhitelist: { loginTokenValidate: NOBODYS_ADDRESS } }, fields: { strictcheck: '1' } },
  },
  { code: '103811', why: 'The token is empty.', recipe: { mint: null, fields: { token: '' } } },
  {
    code: '104201',
    why: 'The token is one that no phone ever got.',
    recipe: { mint: null, fields: { token: NEVER_MINTED } },
  },
  {
    code: '105018',
    why: 'The token was got for number verification.',
    recipe: { mint: { capability: 'tokenValidate' } },
  },
  { code: '105019', why: 'The app is not granted login.', recipe: { app: { capabilities: ['tokenValidate'] } } },
  {
    code: '105312',
    why: 'The package of the app has no calls left.',
    recipe: { app: { contracted: true, callPackage: 0 } },
  },
  { code: '105313', why: 'The method is GET.', recipe: { method: 'GET' } },
];

const TOKEN_VALIDATE_RECIPES: Recipes<TokenValidateResultCode> = [
  { code: '000', why: "The number is the token's.", recipe: {} },
  {
    code: '001',
    why: "The number is not the token's. An SMS code does not prove that it is: 短验辅助校验无法保证校验的号码和本机号码一致.",
    recipe: { app: { capabilities: ['tokenValidate', 'smsFallback'] }, anotherNumber: true },
  },
  {
    code: '002',
    why: 'The token is of a number that the carrier cannot obtain.',
    recipe: { persona: 'numberNotObtained' },
  },
  {
    code: '003',
    why: 'The token is of a number for which the token service is down.',
    recipe: { persona: 'tokenServiceDown' },
  },
  {
    code: '004',
    why: 'phoneNum is neither a hash nor a ciphertext.',
    recipe: { fields: { phoneNum: 'neither-hash-nor-ciphertext' } },
  },
  { code: '102', why: 'version is 2.0, and has to be 1.0.', recipe: { fields: { version: '2.0' } } },
  {
    code: '124',
    why: 'The IP whitelist of the app has another address.',
    recipe: { app: { ipWhitelist: { tokenValidate: NOBODYS_ADDRESS } } },
  },
  { code: '302', why: 'The sign is not the one of this request.', recipe: { unsigned: { sign: '0'.repeat(64) } } },
  { code: '303', why: 'The body is half of a JSON text.', recipe: { body: HALF_A_BODY } },
  {
    code: '606',
    why: 'The token is one that no phone ever got.',
    recipe: { mint: null, fields: { token: NEVER_MINTED } },
  },
  { code: '999', why: 'The token is of a number for which the service is down.', recipe: { persona: 'serviceDown' } },
  {
    code: '103420',
    why: 'The app is not granted number verification.',
    recipe: { app: { capabilities: ['loginTokenValidate'] } },
  },
];

export function recipeFor(operation: Operation, code: string): Recipe | undefined {
  return rowFor(operation, code)?.recipe;
}

export function whyOf(operation: Operation, code: string): string {
  return rowFor(operation, code)?.why ?? '';
}

function rowFor(operation: Operation, code: string) {
  const rows: Recipes<string> =
    operation === 'loginTokenValidate' ? LOGIN_TOKEN_VALIDATE_RECIPES : TOKEN_VALIDATE_RECIPES;
  return rows.find((row) => row.code === code);
}

/** An app's names, the token, and what is drawn for a request. */
export interface Ingredients {
  readonly appId: string;
  readonly appKey: string;
  readonly appSecret: string;
  readonly token: string;
  readonly phoneNumber: string;
  readonly msgId: string;
  /** 17 digits. */
  readonly sentAt: string;
}

/** The body of the request that a recipe makes. */
export function bodyOf(operation: Operation, recipe: Recipe, ingredients: Ingredients): string {
  if (recipe.body !== undefined) return recipe.body;
  return JSON.stringify(
    operation === 'loginTokenValidate' ? loginBody(recipe, ingredients) : verifyBody(recipe, ingredients),
  );
}

const [LOGIN, VERIFY] = OPERATIONS;

function loginBody({ fields, unsigned }: Recipe, { appId, appSecret, token, msgId, sentAt }: Ingredients): object {
  const signed = { version: LOGIN.version, strictcheck: '0', token, ...fields };
  const { version, strictcheck: strictCheck } = signed;
  const texts = { appId, version, msgId, sentAt, strictCheck, token: signed.token };
  const { sign } = signatureOf('loginTokenValidate', texts, { secret: appSecret });
  return { appid: appId, msgid: msgId, systemtime: sentAt, ...signed, sign, ...unsigned };
}

export function numberOtherThan(phoneNumber: string): string {
  return phoneNumber === '13900139000' ? '13800138000' : '13900139000';
}

function verifyBody({ fields, unsigned, anotherNumber }: Recipe, ingredients: Ingredients): object {
  const { appId, appKey, msgId, sentAt: timestamp } = ingredients;
  const {
    phoneNumber,
    token,
    version,
    phoneNum: given,
  } = {
    phoneNumber: anotherNumber === true ? numberOtherThan(ingredients.phoneNumber) : ingredients.phoneNumber,
    token: ingredients.token,
    version: VERIFY.version,
    phoneNum: undefined,
    ...fields,
  };
  const phoneNum = given ?? hashPhoneNum({ phoneNumber, appKey, timestamp });
  const texts = { appId, msgId, phoneNum, sentAt: timestamp, token, version };
  const { sign } = signatureOf('tokenValidate', texts, { secret: appKey });
  return {
    header: { version, msgId, timestamp, appId },
    body: { openType: '1', requesterType: '0', keyType: '0', phoneNum, token, sign, ...unsigned },
  };
}
