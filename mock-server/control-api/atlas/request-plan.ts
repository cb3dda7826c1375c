/** The request of a plan: its fields in the order of the document, and what is signed, hashed or encrypted for it. The document, 1.2 and 2.3. */
import { OPERATIONS, type Operation } from '../../../src/protocol/operations.js';
import type { Signing } from './choices.js';
import type { Recipe } from './recipes.js';
import { type Field, field, type Json, named, type Value } from './values.js';

/** A local variable that holds what a function of the program makes of a text. */
export interface Made {
  readonly name: 'phoneNum' | 'sign';
  readonly by: 'sha256Hex' | 'encrypt' | 'md5Hex' | 'hmacSha256Hex' | 'sha256WithRsa' | 'md5WithRsa';
  /** What is put together to the text. */
  readonly text: readonly Value[];
  /** What it is made with, beside the text. */
  readonly key?: { readonly name: 'APP_KEY' } | { readonly ofApp: 'appSignPrivateKey' | 'platformPublicKey' };
}

export interface Parts {
  /** The operation's own names for the id and the time of the request. */
  readonly msgId: 'msgid' | 'msgId';
  readonly sentAt: 'systemtime' | 'timestamp';
  /** In the order in which they are made. */
  readonly made: readonly Made[];
  readonly fields: readonly Field[];
}

interface Request {
  readonly operation: Operation;
  readonly signing: Signing;
  readonly recipe: Recipe;
}

const [LOGIN, VERIFY] = OPERATIONS;
const TOKEN = named('token');

/** As long as a sign of that kind: hex of 16, 32 and 128 bytes, and Base64 of 128. */
const SIGN_LENGTHS = {
  loginTokenValidate: { md5: 32, hmac: 64, rsa: 256 },
  tokenValidate: { md5: 32, hmac: 64, rsa: 172 },
} as const;

export function builtRequest(request: Request): Parts {
  return request.operation === 'loginTokenValidate' ? loginParts(request) : verifyParts(request);
}

function loginParts({ signing, recipe }: Request): Parts {
  const [msgid, systemtime] = [named('msgid'), named('systemtime')];
  const appid = named(recipe.app === null ? 'UNKNOWN_APP_ID' : 'APP_ID');
  const version = changed(recipe, 'version', LOGIN.version);
  const strictcheck = changed(recipe, 'strictcheck', '0');
  const sign: Made =
    signing === 'rsa'
      ? { name: 'sign', by: 'sha256WithRsa', text: [appid, TOKEN], key: { ofApp: 'appSignPrivateKey' } }
      : {
          name: 'sign',
          by: 'md5Hex',
          text: [appid, version, msgid, systemtime, strictcheck, TOKEN, named('APP_SECRET')],
        };
  return {
    msgId: 'msgid',
    sentAt: 'systemtime',
    made: madeUnlessGiven(recipe, [sign]),
    fields: [
      field('version', version),
      field('msgid', msgid),
      field('systemtime', systemtime),
      field('strictcheck', sentAs(recipe, 'strictcheck', strictcheck)),
      field('appid', appid),
      field('token', TOKEN),
      ...(signing === 'rsa' ? [field('encryptionalgorithm', { json: 'RSA' })] : []),
      field('sign', signOf({ operation: 'loginTokenValidate', signing, recipe })),
    ],
  };
}

function verifyParts({ signing, recipe }: Request): Parts {
  const [msgId, timestamp, appId] = [named('msgId'), named('timestamp'), named('APP_ID')];
  const version = changed(recipe, 'version', VERIFY.version);
  const phoneNum = changed(recipe, 'phoneNum', undefined);
  const number = named(recipe.anotherNumber === true ? 'ASKED_NUMBER' : 'PHONE_NUMBER');
  const byRsa = signing === 'rsa';
  const hidden: Made = {
    name: 'phoneNum',
    text: [number, named('APP_KEY'), timestamp],
    ...(byRsa ? { by: 'encrypt', key: { ofApp: 'platformPublicKey' } } : { by: 'sha256Hex' }),
  };
  const sign: Made = {
    name: 'sign',
    text: [appId, msgId, phoneNum, timestamp, TOKEN, version],
    ...(byRsa
      ? { by: 'md5WithRsa', key: { ofApp: 'appSignPrivateKey' } }
      : { by: 'hmacSha256Hex', key: { name: 'APP_KEY' } }),
  };
  const header = [
    field('version', version),
    field('msgId', msgId),
    field('timestamp', timestamp),
    field('appId', appId),
  ];
  const body = [
    field('openType', { json: '1' }),
    field('requesterType', { json: '0' }),
    field('keyType', { json: byRsa ? '1' : '0' }),
    field('phoneNum', phoneNum),
    field('token', TOKEN),
    field('sign', signOf({ operation: 'tokenValidate', signing, recipe })),
  ];
  return {
    msgId: 'msgId',
    sentAt: 'timestamp',
    made: madeUnlessGiven(recipe, [hidden, sign]),
    fields: [field('header', { fields: header }), field('body', { fields: body })],
  };
}

/** A field as it is signed: the recipe's, else the one given, else the variable of its name. */
function changed({ fields = {} }: Recipe, name: string, otherwise: string | undefined): Value {
  const json = (fields[name] as Json | undefined) ?? otherwise;
  return json === undefined ? named(name) : { json };
}

/** A field as it is sent, which may be another than the one that is signed. */
function sentAs({ unsigned = {} }: Recipe, name: string, signed: Value): Value {
  return name in unsigned ? { json: unsigned[name] as Json } : signed;
}

function signOf({ operation, signing, recipe: { unsigned = {} } }: Request): Value {
  return 'sign' in unsigned ? { json: '0'.repeat(SIGN_LENGTHS[operation][signing]) } : named('sign');
}

function madeUnlessGiven({ fields = {}, unsigned = {} }: Recipe, made: readonly Made[]): readonly Made[] {
  return made.filter(({ name }) => !(name in fields) && !(name in unsigned));
}
