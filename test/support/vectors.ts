/** The signature vectors, made outside of our code: read whole, and counted. */
import { readFileSync } from 'node:fs';

export interface VectorGroup {
  readonly appId: string;
  readonly appKey: string;
  readonly appSecret: string;
  readonly phoneNumber: string;
  readonly timestamp: string;
  /** 应用公钥1. */
  readonly appVerifyKey: string;
  readonly platformPrivateKey: string;
  /** Of 应用公钥2's pair. */
  readonly privatePkcs8Base64: string;
}

export type TextFields = Readonly<Record<string, string>>;

export interface VectorTest {
  readonly tcId: number;
  readonly comment: string;
  readonly result: 'valid' | 'invalid' | 'acceptable';
  readonly flags: readonly string[];
  readonly sign: string;
  readonly stringToSign?: string;
  readonly message: TextFields & { readonly header: TextFields; readonly body: TextFields };
  readonly phoneNumber: string;
  readonly phoneNum: string;
  readonly msisdn: string;
  readonly ciphertext: string;
}

interface VectorFile {
  readonly numberOfTests: number;
  readonly testGroups: readonly (VectorGroup & { readonly tests: readonly VectorTest[] })[];
}

export interface Vector extends VectorTest {
  readonly group: VectorGroup;
  /** For the name of a test. */
  readonly description: string;
}

/** All the vectors of a file; a group holds only the credentials that its algorithm takes. */
export function readVectors(file: string): readonly Vector[] {
  const { numberOfTests, testGroups } = readVectorFile(file);
  const vectors = testGroups.flatMap(({ tests, ...group }) =>
    tests.map((test) => ({ ...test, group, description: `${test.tcId} is ${test.result}: ${test.comment}` })),
  );
  if (vectors.length !== numberOfTests)
    throw new Error(`${file} has ${vectors.length} vectors of the ${numberOfTests} that it says`);
  return vectors;
}

function readVectorFile(file: string): VectorFile {
  return JSON.parse(readFileSync(new URL(`../../fixtures/vectors/${file}.json`, import.meta.url), 'utf8'));
}

/** The one with this number. */
export function vectorOf(vectors: readonly Vector[], tcId: number): Vector {
  const vector = vectors.find((each) => each.tcId === tcId);
  if (vector === undefined) throw new Error(`there is no vector ${tcId}`);
  return vector;
}
