/** Every vector before the contract kit's own signer, as requests.json has it sign. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Recipe } from '../../../contracts/provider/case.js';
import { decrypted } from '../../../contracts/sign/decrypt.js';
import { derive } from '../../../contracts/sign/derive.js';
import { beijingTime } from '../../../contracts/sign/time.js';
import { isPhoneNumber } from '../../../src/protocol/phone-num.js';
import { decryptRaw } from './raw-rsa.js';
import { isRightSign, ofType, text, VECTORS, type Vector, type VectorType } from './vector-files.js';

interface ValidRequest {
  readonly operation: string;
  readonly signing: string;
  readonly derived: readonly { readonly at: string; readonly recipe: Recipe }[];
}

const REQUESTS: readonly ValidRequest[] = JSON.parse(
  readFileSync(new URL('../../../contracts/requests.json', import.meta.url), 'utf8'),
).requests;

/** By `operation signing at`. */
function recipeOf(name: string): Recipe {
  const [operation, signing, at] = name.split(' ');
  const request = REQUESTS.find((each) => each.operation === operation && each.signing === signing);
  const recipe = request?.derived.find((each) => each.at === at)?.recipe;
  if (recipe === undefined) throw new Error(`requests.json has no recipe ${name}`);
  return recipe;
}

const MD5_SIGN = recipeOf('loginTokenValidate md5 /sign');
const LOGIN_RSA_SIGN = recipeOf('loginTokenValidate rsa /sign');
const HMAC_SIGN = recipeOf('tokenValidate hmac /body/sign');
const PHONE_NUM = recipeOf('tokenValidate hmac /body/phoneNum');
const ENCRYPTED_PHONE_NUM = recipeOf('tokenValidate rsa /body/phoneNum');
const VERIFY_RSA_SIGN = recipeOf('tokenValidate rsa /body/sign');

/** The values that a recipe names in braces; keys under the kit's names. */
function valuesOf({ group, texts }: Vector): Readonly<Record<string, string>> {
  return { ...group, appSignKey: group['appSignPrivateKey'] ?? '', phoneNumber: texts['phoneNumber'] ?? '' };
}

const verifyMessage = ({ header, body }: Vector) => ({ header, body });
const ofGroupTime = ({ group }: Vector) => ({ header: { timestamp: text(group, 'timestamp') } });

/** What the kit makes of a vector, and what the vector has. Only valid ones can be made. */
const MADE: Readonly<
  Partial<Record<VectorType, (vector: Vector) => readonly [made: string, due: string | undefined]>>
> = {
  LoginMd5Sign: (vector) => [derive(MD5_SIGN, vector.message, valuesOf(vector)), vector.texts['sign']],
  LoginRsaSign: (vector) => [
    derive(LOGIN_RSA_SIGN, vector.message, valuesOf(vector)),
    vector.texts['sign']?.toUpperCase(),
  ],
  TokenValidateHmacSign: (vector) => [derive(HMAC_SIGN, verifyMessage(vector), valuesOf(vector)), vector.texts['sign']],
  TokenValidateRsaSign: (vector) => [
    derive(VERIFY_RSA_SIGN, verifyMessage(vector), valuesOf(vector)),
    vector.texts['sign'],
  ],
  TokenValidatePhoneNumHash: (vector) => [
    derive(PHONE_NUM, ofGroupTime(vector), valuesOf(vector)),
    vector.texts['phoneNum'],
  ],
  Timestamp: ({ epochMs, texts }) => [beijingTime(epochMs), texts['timestamp']],
};
const makeable = VECTORS.filter(({ type }) => type in MADE);

function made(vector: Vector): readonly [string, string | undefined] {
  const make = MADE[vector.type];
  if (make === undefined) throw new Error(`the kit makes no ${vector.type}`);
  return make(vector);
}

describe('the kit makes', () => {
  test.each(makeable.filter(({ result }) => result === 'valid'))('$name', (vector) => {
    const [value, due] = made(vector);
    expect(value).toBe(due);
  });
});

describe('the kit does not make', () => {
  test.each(makeable.filter((vector) => !isRightSign(vector)))('$name', (vector) => {
    const [value, due] = made(vector);
    expect(value).not.toBe(due);
  });
});

describe('the kit reads', () => {
  test.each(ofType('LoginMsisdnDecrypt'))('$name', ({ group, texts, result }) => {
    const number = decrypted(text(texts, 'ciphertext'), text(group, 'privatePkcs8Base64'));
    const isRight = number !== undefined && isPhoneNumber(number) && number === texts['msisdn'];
    expect(isRight).toBe(result !== 'invalid');
  });
});

describe('what the kit encrypts decrypts to the text of', () => {
  test.each(ofType('TokenValidatePhoneNumDecrypt').filter(({ flags }) => flags.includes('Basic')))(
    '$name',
    (vector) => {
      const phoneNum = derive(ENCRYPTED_PHONE_NUM, ofGroupTime(vector), valuesOf(vector));
      const block = decryptRaw(phoneNum, text(vector.group, 'platformPrivateKey'));
      const end = block.indexOf(0, 2);
      expect([block[0], block[1], end > 9]).toEqual([0, 2, true]);
      expect(block.subarray(end + 1).toString()).toBe(vector.texts['stringToEncrypt']);
    },
  );
});

test('each type of vector is before the kit', () => {
  const tried = new Set<VectorType>([
    ...makeable.map(({ type }) => type),
    'LoginMsisdnDecrypt',
    'TokenValidatePhoneNumDecrypt',
  ]);
  expect(VECTORS.filter(({ type }) => !tried.has(type))).toEqual([]);
});
