/** The contract kit's signer, with the recipes of requests/, against every vector. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Recipe } from '../../../contracts/kit/case.js';
import { decrypted, derive } from '../../../contracts/kit/sign.js';
import { beijingTime } from '../../../contracts/kit/time.js';
import { isPhoneNumber } from '../../../src/protocol/phone-num.js';
import { decryptRaw, isRightSign, ofType, text, VECTORS, type Vector, type VectorType } from './vector-files.js';

interface ValidRequest {
  readonly operation: string;
  readonly signing: string;
  readonly derived: readonly { readonly at: string; readonly recipe: Recipe }[];
}

const REQUESTS = ['login-token-validate', 'token-validate'].flatMap((stem): readonly ValidRequest[] => {
  const { operation, requests } = JSON.parse(readFileSync(`contracts/requests/${stem}.json`, 'utf8'));
  return requests.map((row: object) => ({ ...row, operation }));
});

/** The recipe for `operation signing pointer`. */
function recipeOf(name: string): Recipe {
  const [operation, signing, at] = name.split(' ');
  const request = REQUESTS.find((each) => each.operation === operation && each.signing === signing);
  const recipe = request?.derived.find((each) => each.at === at)?.recipe;
  if (recipe === undefined) throw new Error(`requests/ has no recipe ${name}`);
  return recipe;
}

const MD5_SIGN = recipeOf('loginTokenValidate md5 /sign');
const LOGIN_RSA_SIGN = recipeOf('loginTokenValidate rsa /sign');
const HMAC_SIGN = recipeOf('tokenValidate hmac /body/sign');
const PHONE_NUM = recipeOf('tokenValidate hmac /body/phoneNum');
const ENCRYPTED_PHONE_NUM = recipeOf('tokenValidate rsa /body/phoneNum');
const VERIFY_RSA_SIGN = recipeOf('tokenValidate rsa /body/sign');

/** The values of the names in a recipe, with the kit's names for keys. */
function valuesOf({ group, texts }: Vector): Readonly<Record<string, string>> {
  return { ...group, appSignKey: group['appSignPrivateKey'] ?? '', phoneNumber: texts['phoneNumber'] ?? '' };
}

const verifyMessage = ({ header, body }: Vector) => ({ header, body });
const ofGroupTime = ({ group }: Vector) => ({ header: { timestamp: text(group, 'timestamp') } });

/** The kit's value for a vector, and the value in the vector. Only valid vectors can be computed. */
const COMPUTED: Readonly<
  Partial<Record<VectorType, (vector: Vector) => readonly [computed: string, expected: string | undefined]>>
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
const computable = VECTORS.filter(({ type }) => type in COMPUTED);

function computed(vector: Vector): readonly [string, string | undefined] {
  const compute = COMPUTED[vector.type];
  if (compute === undefined) throw new Error(`the kit computes no ${vector.type}`);
  return compute(vector);
}

describe('the kit computes', () => {
  test.each(computable.filter(({ result }) => result === 'valid'))('$name', (vector) => {
    const [value, expected] = computed(vector);
    expect(value).toBe(expected);
  });
});

describe('the kit does not compute', () => {
  test.each(computable.filter((vector) => !isRightSign(vector)))('$name', (vector) => {
    const [value, expected] = computed(vector);
    expect(value).not.toBe(expected);
  });
});

describe('the kit reads', () => {
  test.each(ofType('LoginMsisdnDecrypt'))('$name', ({ group, texts, result }) => {
    const ciphertext = text(texts, 'ciphertext');
    const { text: number = '', padding } = decrypted(ciphertext, text(group, 'privatePkcs8Base64')) ?? {};
    // The kit also reads Base64 and OAEP, which the document does not exclude, and reports them.
    const isObserved = padding === 'PKCS#1 v1.5' && /^[0-9A-Fa-f]+$/.test(ciphertext);
    expect(isObserved && isPhoneNumber(number) && number === texts['msisdn']).toBe(result !== 'invalid');
  });
});

describe('the kit’s ciphertext decrypts to the text of', () => {
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

test('each type of vector is tested', () => {
  const tested = new Set<VectorType>([
    ...computable.map(({ type }) => type),
    'LoginMsisdnDecrypt',
    'TokenValidatePhoneNumDecrypt',
  ]);
  expect(VECTORS.filter(({ type }) => !tested.has(type))).toEqual([]);
});
