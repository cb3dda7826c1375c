/**
 * The vector files: schema, numbers, flags, notes. The contract kit's signer, with the recipes of requests/, against every
 * vector.
 */
import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import type { Recipe } from '../../../contracts/kit/case.js';
import { decrypted, derive } from '../../../contracts/kit/sign.js';
import { beijingTime } from '../../../contracts/kit/time.js';
import { isPhoneNumber } from '../../../src/protocol/phone-num.js';
import {
  decryptRaw,
  FILES,
  isRightSign,
  ofType,
  text,
  VECTORS,
  VECTORS_FOLDER,
  type Vector,
  type VectorType,
} from './vector-files.js';

const SCHEMA_FILE = new URL('../../../contracts/schemas/vectors.schema.json', import.meta.url);
const SCHEMA = JSON.parse(readFileSync(SCHEMA_FILE, 'utf8'));
const isValid = new Ajv2020({ strict: true, strictRequired: false, allowUnionTypes: true }).compile(
  SCHEMA,
);

/** The first number of each file never changes, so the number of a vector never changes. */
const FIRST_TC_IDS = [
  { file: 'login-md5.json', firstTcId: 1 },
  { file: 'login-rsa.json', firstTcId: 17 },
  { file: 'login-msisdn.json', firstTcId: 29 },
  { file: 'token-validate-hmac.json', firstTcId: 31 },
  { file: 'token-validate-phone-num.json', firstTcId: 41 },
  { file: 'token-validate-rsa.json', firstTcId: 47 },
  { file: 'login-md5-pitfalls.json', firstTcId: 101 },
  { file: 'login-rsa-pitfalls.json', firstTcId: 201 },
  { file: 'login-msisdn-pitfalls.json', firstTcId: 301 },
  { file: 'token-validate-hmac-pitfalls.json', firstTcId: 401 },
  { file: 'token-validate-phone-num-pitfalls.json', firstTcId: 501 },
  { file: 'token-validate-rsa-pitfalls.json', firstTcId: 601 },
  { file: 'token-validate-phone-num-rsa.json', firstTcId: 701 },
  { file: 'timestamp.json', firstTcId: 801 },
  { file: 'login-rsa-malformed.json', firstTcId: 901 },
  { file: 'token-validate-rsa-malformed.json', firstTcId: 1101 },
  { file: 'login-md5-malformed.json', firstTcId: 1301 },
  { file: 'token-validate-hmac-malformed.json', firstTcId: 1401 },
  { file: 'token-validate-phone-num-rsa-malformed.json', firstTcId: 1501 },
  { file: 'login-msisdn-malformed.json', firstTcId: 1601 },
];

test('each file has a first number, and each first number a file', () => {
  expect(FILES.map(({ file }) => file).sort()).toEqual(FIRST_TC_IDS.map(({ file }) => file).sort());
});

describe.each(FILES)('$file', ({ file, json }) => {
  const tests = json.testGroups.flatMap((group) => group.tests);

  test('matches the schema', () => {
    isValid(json);
    expect(isValid.errors ?? []).toEqual([]);
  });

  test('has the stated number of tests', () => {
    expect(tests).toHaveLength(json.numberOfTests);
  });

  test('has groups of one type only', () => {
    expect(new Set(json.testGroups.map(({ type }) => type)).size).toBe(1);
  });

  test('numbers its tests without a gap', () => {
    const first = FIRST_TC_IDS.find((row) => row.file === file)?.firstTcId ?? Number.NaN;
    expect(tests.map(({ tcId }) => tcId)).toEqual(tests.map((_, at) => first + at));
  });

  test('explains each flag, and has no other notes', () => {
    expect(Object.keys(json.notes)).toEqual(
      [...new Set(tests.flatMap(({ flags }) => flags))].sort(),
    );
  });

  test('has a flag for each test that is not valid', () => {
    expect(tests.filter(({ result, flags }) => result !== 'valid' && flags.length === 0)).toEqual(
      [],
    );
  });

  test('has the signed text only if it differs from the string to sign', () => {
    expect(
      tests.filter(
        ({ stringToSign, signedText }) => signedText !== undefined && signedText === stringToSign,
      ),
    ).toEqual([]);
  });
});

test('no two tests have the same number', () => {
  expect(new Set(VECTORS.map(({ tcId }) => tcId)).size).toBe(VECTORS.length);
});

test('a flag has the same note in each file', () => {
  const notes = new Map<string, Set<string>>();
  for (const [flag, note] of FILES.flatMap(({ json }) => Object.entries(json.notes)))
    notes.set(flag, (notes.get(flag) ?? new Set()).add(JSON.stringify(note)));
  expect([...notes].filter(([, texts]) => texts.size !== 1)).toEqual([]);
});

test('both READMEs have a row for each file and for each flag', () => {
  const flags = [...new Set(FILES.flatMap(({ json }) => Object.keys(json.notes)))].sort();
  const files = FILES.map(({ file, json }) => `${file} ${json.numberOfTests}`).sort();
  for (const name of ['README.md', 'README.zh-CN.md']) {
    const readme = readFileSync(new URL(name, VECTORS_FOLDER), 'utf8');
    const rows = (pattern: RegExp) =>
      Array.from(readme.matchAll(pattern), ([, ...cells]) => cells.join(' ')).sort();
    expect(rows(/^\| `([A-Z][A-Za-z0-9]+)` \|/gm)).toEqual(flags);
    expect(rows(/^\| `([a-z0-9-]+\.json)` \| (\d+) \|/gm)).toEqual(files);
  }
});

interface ValidRequest {
  readonly operation: string;
  readonly signing: string;
  readonly derived: readonly { readonly at: string; readonly recipe: Recipe }[];
}

const REQUESTS = ['login-token-validate', 'token-validate'].flatMap(
  (stem): readonly ValidRequest[] => {
    const { operation, requests } = JSON.parse(
      readFileSync(`contracts/requests/${stem}.json`, 'utf8'),
    );
    return requests.map((row: object) => ({ ...row, operation }));
  },
);

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
  return {
    ...group,
    appSignKey: group['appSignPrivateKey'] ?? '',
    phoneNumber: texts['phoneNumber'] ?? '',
  };
}

const verifyMessage = ({ header, body }: Vector) => ({ header, body });
const ofGroupTime = ({ group }: Vector) => ({ header: { timestamp: text(group, 'timestamp') } });

/** The kit's value for a vector, and the value in the vector. Only valid vectors can be computed. */
const COMPUTED: Readonly<
  Partial<
    Record<
      VectorType,
      (vector: Vector) => readonly [computed: string, expected: string | undefined]
    >
  >
> = {
  LoginMd5Sign: (vector) => [
    derive(MD5_SIGN, vector.message, valuesOf(vector)),
    vector.texts['sign'],
  ],
  LoginRsaSign: (vector) => [
    derive(LOGIN_RSA_SIGN, vector.message, valuesOf(vector)),
    vector.texts['sign']?.toUpperCase(),
  ],
  TokenValidateHmacSign: (vector) => [
    derive(HMAC_SIGN, verifyMessage(vector), valuesOf(vector)),
    vector.texts['sign'],
  ],
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
    const { text: number = '', padding } =
      decrypted(ciphertext, text(group, 'privatePkcs8Base64')) ?? {};
    // The kit also reads Base64 and OAEP, which the document does not exclude, and reports them.
    const isObserved = padding === 'PKCS#1 v1.5' && /^[0-9A-Fa-f]+$/.test(ciphertext);
    expect(isObserved && isPhoneNumber(number) && number === texts['msisdn']).toBe(
      result !== 'invalid',
    );
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
