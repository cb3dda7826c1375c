/** What a signed request is to be like, once it is known that it can be made and would be right. */
import type { Bilingual } from '../../../src/protocol/bilingual.js';
import { type FieldRow, REQUEST_FIELDS, SIGNINGS, type Signing, type Texts } from '../../../src/protocol/fields.js';
import type { Operation } from '../../../src/protocol/operations.js';
import { isPair, isRsaKey, modulusBits, notAKey, type RsaKey, readPrivateKey } from '../../../src/protocol/rsa-keys.js';
import type { App } from '../../carrier/engine/app-settings.js';
import { notOneOf, quote, unknownName } from '../../schemas/schema-problem.js';
import { invalid, notBoth, type Problem } from '../problem.js';
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
  throw invalid({ pointer: '/signing', detail: notOneOf(known, signing, operation) });
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
  if (unknown === MADE_HERE)
    throw invalid({
      pointer: '/fields/sign',
      detail: { en: 'is made here, and cannot be given', zh: '由本服务生成，不能指定' },
    });
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
      detail: {
        en: `does not go with signing ${quote(signing)}, found ${quote(given)}`,
        zh: `与 signing ${quote(signing)} 不符，实际为 ${quote(given)}`,
      },
    });
  }
}

function checkPhoneNumber({ operation, phoneNumber, fields }: SigningWish): void {
  if (phoneNumber === undefined) return;
  const name = wireNameOf(operation, 'phoneNum');
  if (name === undefined)
    throw invalid({
      pointer: '/phoneNumber',
      detail: { en: `is not sent by ${operation}`, zh: `${operation} 的请求里没有手机号码` },
    });
  if (fields?.[name] === undefined) return;
  throw invalid({ pointer: '/phoneNumber', detail: notBoth(`fields.${name}`) });
}

function noKey({ privateKey }: SigningWish, signing: Signing): undefined {
  if (privateKey === undefined) return undefined;
  throw badKey({
    en: `does not go with signing ${quote(signing)}: ask for signing "rsa", or leave it out`,
    zh: `与 signing ${quote(signing)} 不符：请把 signing 设为 "rsa"，或去掉私钥`,
  });
}

function ownKey({ operation, privateKey }: SigningWish, { settings, verifyKey, encryptKey }: App): RsaKey {
  if (privateKey === undefined)
    throw badKey({
      en: 'is missing: signing "rsa" needs the private half of 应用公钥1, PKCS#8 in Base64',
      zh: '缺失：signing 为 "rsa" 时要给出与应用公钥1 成对的私钥，PKCS#8 的 Base64',
    });
  if (verifyKey === undefined)
    throw badKey({
      en: 'has nothing to be checked by, so that the request would be refused: the app has no appVerifyKey (应用公钥1)',
      zh: '无从验签，请求会被拒绝：应用没有登记 appVerifyKey（应用公钥1）',
    });
  const key = readPrivateKey(privateKey);
  if (!isRsaKey(key)) throw badKey(notAKey(key));
  if (!isPair(key, verifyKey)) throw badKey(notItsHalf(encryptKey !== undefined && isPair(key, encryptKey)));
  const bits = modulusBits(key);
  const reading = KEY_SIZE_READINGS[operation];
  if (reading !== undefined && settings.readings[reading] === '1024' && bits !== PORTAL_MODULUS_BITS)
    throw badKey({
      en: `has ${bits} bits, and the reading ${reading} takes 1024 only: the request would be refused`,
      zh: `有 ${bits} 位，而取舍 ${reading} 只接受 1024 位：请求会被拒绝`,
    });
  return key;
}

function notItsHalf(isOfEncryptKey: boolean): Bilingual {
  const found = isOfEncryptKey
    ? { en: ', but that of appEncryptKey (应用公钥2)', zh: '，而与 appEncryptKey（应用公钥2）成对' }
    : { en: '', zh: '' };
  return {
    en: `is not the private half of the app's appVerifyKey (应用公钥1)${found.en}: the request would be refused`,
    zh: `与应用的 appVerifyKey（应用公钥1）不成对${found.zh}：请求会被拒绝`,
  };
}

function badKey(detail: Bilingual): Problem {
  return invalid({ pointer: '/privateKey', detail });
}
