/** What a signed request is to be like, once it is known that it can be made and would be right. */
import { type FieldRow, REQUEST_FIELDS, SIGNINGS, type Signing, type Texts } from '../../../src/protocol/fields.js';
import type { Operation } from '../../../src/protocol/operations.js';
import { isPair, isRsaKey, modulusBits, type RsaKey, readPrivateKey } from '../../../src/protocol/rsa-keys.js';
import type { App } from '../../carrier/engine/app-settings.js';
import { quote, unknownName } from '../../schemas/schema-problem.js';
import { invalid, type Problem } from '../problem.js';
import { MODE_FIELDS, wireNameOf } from './signed.js';

/** The fields of a request by their wire names. */
type SentTexts = Readonly<Record<string, string>>;

/** As it was asked for. */
export interface SigningWish {
  readonly operation: Operation;
  readonly token: string;
  readonly phoneNumber?: string;
  readonly signing?: Signing;
  readonly privateKey?: string;
  readonly fields?: SentTexts;
}

export interface Wish {
  readonly operation: Operation;
  readonly token: string;
  /** Verify's; the token's own unless given. */
  readonly phoneNumber: string | undefined;
  /** Signs by RSA, where it is there. */
  readonly key: RsaKey | undefined;
  readonly fields: Texts;
}

const MADE_HERE = 'sign';
const PORTAL_MODULUS_BITS = 1024;
const KEY_SIZE_READINGS: Readonly<Partial<Record<Operation, 'verify-key-size'>>> = {
  tokenValidate: 'verify-key-size',
};

/** @throws Problem for the first thing that keeps it from being made */
export function checkedWish(wish: SigningWish, app: App): Wish {
  const { operation, token, phoneNumber, fields = {} } = wish;
  const signing = signingOf(wish);
  checkFields(operation, fields);
  checkMode(operation, { signing, fields });
  checkPhoneNumber(wish);
  const key = signing === 'rsa' ? ownKey(wish, app) : noKey(wish, signing);
  const texts = ourNames(operation, fields);
  return { operation, token: texts.token ?? token, phoneNumber, key, fields: texts };
}

function signingOf({ operation, signing }: SigningWish): Signing {
  const known: readonly Signing[] = SIGNINGS[operation];
  const [usual] = SIGNINGS[operation];
  if (signing === undefined) return usual;
  if (known.includes(signing)) return signing;
  throw invalid({
    pointer: '/signing',
    detail: `must be one of ${known.map(quote).join(', ')} for ${operation}, found ${quote(signing)}`,
  });
}

function ourNames(operation: Operation, fields: SentTexts): Wish['fields'] {
  const rows: readonly FieldRow[] = REQUEST_FIELDS[operation];
  return Object.fromEntries(
    rows.filter(({ name }) => name in fields).map(({ name, property }) => [property, fields[name]]),
  );
}

function checkFields(operation: Operation, fields: SentTexts): void {
  const known = REQUEST_FIELDS[operation].map(({ name }) => name).filter((name) => name !== MADE_HERE);
  const unknown = Object.keys(fields).find((name) => !known.some((each) => each === name));
  if (unknown === undefined) return;
  if (unknown === MADE_HERE) throw invalid({ pointer: '/fields/sign', detail: 'is made here, and cannot be given' });
  throw invalid(unknownName(unknown, { pointer: '/fields', known }));
}

/** A signature of one mode is wrong in a request that asks for the other. */
function checkMode(
  operation: Operation,
  { signing, fields }: { readonly signing: Signing; readonly fields: SentTexts },
) {
  for (const { property, rsa } of MODE_FIELDS) {
    const name = wireNameOf(operation, property);
    const given = name === undefined ? undefined : fields[name];
    if (given === undefined || (given === rsa) === (signing === 'rsa')) continue;
    throw invalid({
      pointer: `/fields/${name}`,
      detail: `does not go with signing ${quote(signing)}, found ${quote(given)}`,
    });
  }
}

function checkPhoneNumber({ operation, phoneNumber, fields }: SigningWish): void {
  if (phoneNumber === undefined) return;
  const name = wireNameOf(operation, 'phoneNum');
  if (name === undefined) throw invalid({ pointer: '/phoneNumber', detail: `is not sent by ${operation}` });
  if (fields?.[name] === undefined) return;
  throw invalid({ pointer: '/phoneNumber', detail: `does not go with fields.${name}: leave out one of the two` });
}

function noKey({ privateKey }: SigningWish, signing: Signing): undefined {
  if (privateKey === undefined) return undefined;
  throw badKey(`does not go with signing ${quote(signing)}: ask for signing "rsa", or leave it out`);
}

function ownKey({ operation, privateKey }: SigningWish, { settings, verifyKey, encryptKey }: App): RsaKey {
  if (privateKey === undefined)
    throw badKey('is missing: signing "rsa" needs the private half of 应用公钥1, PKCS#8 in Base64');
  if (verifyKey === undefined)
    throw badKey(
      'has nothing to be checked by, so that the request would be refused: the app has no appVerifyKey (应用公钥1)',
    );
  const key = readPrivateKey(privateKey);
  if (!isRsaKey(key)) throw badKey(key);
  if (!isPair(key, verifyKey)) throw badKey(notItsHalf(encryptKey !== undefined && isPair(key, encryptKey)));
  const bits = modulusBits(key);
  const reading = KEY_SIZE_READINGS[operation];
  if (reading !== undefined && settings.readings[reading] === '1024' && bits !== PORTAL_MODULUS_BITS)
    throw badKey(`has ${bits} bits, and the reading ${reading} takes 1024 only: the request would be refused`);
  return key;
}

function notItsHalf(isOfEncryptKey: boolean): string {
  const found = isOfEncryptKey ? ', but that of appEncryptKey (应用公钥2)' : '';
  return `is not the private half of the app's appVerifyKey (应用公钥1)${found}: the request would be refused`;
}

function badKey(detail: string): Problem {
  return invalid({ pointer: '/privateKey', detail });
}
