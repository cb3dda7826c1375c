/** All vector files, read from the folder. */
import { constants, createPrivateKey, privateDecrypt } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';

export const VECTORS_FOLDER = new URL('../../../fixtures/vectors/', import.meta.url);

export type VectorType =
  | 'LoginMd5Sign'
  | 'LoginRsaSign'
  | 'LoginMsisdnDecrypt'
  | 'TokenValidateHmacSign'
  | 'TokenValidateRsaSign'
  | 'TokenValidatePhoneNumHash'
  | 'TokenValidatePhoneNumDecrypt'
  | 'Timestamp';

export type Result = 'valid' | 'invalid' | 'acceptable';
export type Fields = Readonly<Record<string, string>>;

/** A group and one of its tests. vectors.schema.json describes the members of each type. */
export interface Vector {
  readonly file: string;
  readonly type: VectorType;
  readonly tcId: number;
  readonly comment: string;
  readonly result: Result;
  readonly flags: readonly string[];
  readonly group: Fields;
  /** The string members of the test. */
  readonly texts: Fields;
  /** The request of login; empty for other types. */
  readonly message: Fields;
  /** The request of verify; empty for other types. */
  readonly header: Fields;
  readonly body: Fields;
  readonly epochMs: number;
  /** The title of the test. */
  readonly name: string;
}

interface VectorTest {
  readonly tcId: number;
  readonly comment: string;
  readonly result: Result;
  readonly flags: readonly string[];
  readonly stringToSign?: string;
  readonly signedText?: string;
  readonly message?: Fields & { readonly header?: Fields; readonly body?: Fields };
  readonly epochMs?: number;
}

export interface VectorFile {
  readonly algorithm: string;
  readonly numberOfTests: number;
  readonly header: readonly string[];
  readonly notes: Readonly<
    Record<string, { readonly bugType: string; readonly description: string }>
  >;
  readonly testGroups: readonly {
    readonly type: VectorType;
    readonly tests: readonly VectorTest[];
  }[];
}

/** keys.json has the key pairs, not vectors. */
export const FILES: readonly {
  readonly file: string;
  readonly text: string;
  readonly json: VectorFile;
}[] = readdirSync(VECTORS_FOLDER)
  .filter((name) => name.endsWith('.json') && name !== 'keys.json')
  .map((file) => {
    const text = readFileSync(new URL(file, VECTORS_FOLDER), 'utf8');
    return { file, text, json: JSON.parse(text) };
  });

export const VECTORS: readonly Vector[] = FILES.flatMap(({ file, json }) =>
  json.testGroups.flatMap(({ tests, ...group }) =>
    tests.map((test) => vectorOf({ file, group, test })),
  ),
);

function vectorOf({
  file,
  group,
  test,
}: {
  readonly file: string;
  readonly group: Omit<VectorFile['testGroups'][number], 'tests'>;
  readonly test: VectorTest;
}): Vector {
  const { tcId, comment, result, flags, message, epochMs = Number.NaN } = test;
  return {
    ...{ file, type: group.type, tcId, comment, result, flags, epochMs },
    group: textsOf(group),
    texts: textsOf(test),
    message: message ?? {},
    header: message?.header ?? {},
    body: message?.body ?? {},
    name: `${file} ${tcId} is ${result}: ${comment}`,
  };
}

function textsOf(members: object): Fields {
  return Object.fromEntries(
    Object.entries(members).filter(([, value]) => typeof value === 'string'),
  );
}

/** Whether this project accepts the vector, as OpenSSL does. It accepts `acceptable` vectors with its most lenient readings. */
export function isAccepted({ result, flags }: Vector): boolean {
  return result !== 'invalid' && !flags.includes('MissingNull');
}

/** Whether the signature is correct. With a weak key it is correct too, but the key must be refused. */
export function isRightSign(vector: Vector): boolean {
  return isAccepted(vector) || vector.flags.includes('WeakKey');
}

export function ofType(...types: readonly VectorType[]): readonly Vector[] {
  return VECTORS.filter(({ type }) => types.includes(type));
}

/** A member that the type of the vector must have. */
export function text(members: Fields, name: string): string {
  const value = members[name];
  if (value === undefined) throw new Error(`the vector has no ${name}`);
  return value;
}

/** Decrypts a ciphertext (Base64, with a PKCS#8 key in Base64) without removing the padding, so that a test can check it. */
export function decryptRaw(ciphertext: string, privateKey: string): Buffer {
  const key = createPrivateKey({
    key: Buffer.from(privateKey, 'base64'),
    format: 'der',
    type: 'pkcs8',
  });
  return privateDecrypt(
    { key, padding: constants.RSA_NO_PADDING },
    Buffer.from(ciphertext, 'base64'),
  );
}
