/** Loads the signature vectors, which were not made with the code under test. */
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
  /** The private half of 应用公钥2. */
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
  /** For test titles. */
  readonly description: string;
}

/** Returns all vectors of a file. A group has only the credentials of its algorithm. */
export function readVectors(file: string): readonly Vector[] {
  const { numberOfTests, testGroups } = readVectorFile(file);
  const vectors = testGroups.flatMap(({ tests, ...group }) =>
    tests.map((test) => ({
      ...test,
      group,
      description: `${test.tcId} is ${test.result}: ${test.comment}`,
    })),
  );
  if (vectors.length !== numberOfTests)
    throw new Error(`${file}: numberOfTests is ${numberOfTests}, found ${vectors.length} vectors`);
  return vectors;
}

function readVectorFile(file: string): VectorFile {
  return JSON.parse(
    readFileSync(new URL(`../../fixtures/vectors/${file}.json`, import.meta.url), 'utf8'),
  );
}
