/**
 * Generates the vectors with the openssl command and the coreutils: `node scripts/vectors/generate.mjs [folder]`.
 * It shares no code with the code under test. A number never moves to another vector: append a new vector to the last
 * group of a file, or add a file.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { HEADERS } from './headers.mjs';
import { LOGIN_MD5 } from './login-md5.mjs';
import { LOGIN_MD5_MALFORMED } from './login-md5-malformed.mjs';
import { LOGIN_MD5_PITFALLS } from './login-md5-pitfalls.mjs';
import { LOGIN_MSISDN, LOGIN_MSISDN_PITFALLS } from './login-msisdn.mjs';
import { LOGIN_MSISDN_MALFORMED } from './login-msisdn-malformed.mjs';
import { LOGIN_RSA, LOGIN_RSA_PITFALLS } from './login-rsa.mjs';
import { LOGIN_RSA_MALFORMED } from './login-rsa-malformed.mjs';
import { NOTES } from './notes.mjs';
import { TIMESTAMP } from './timestamp.mjs';
import { TOKEN_VALIDATE_HMAC } from './token-validate-hmac.mjs';
import { TOKEN_VALIDATE_HMAC_MALFORMED } from './token-validate-hmac-malformed.mjs';
import { TOKEN_VALIDATE_HMAC_PITFALLS } from './token-validate-hmac-pitfalls.mjs';
import { TOKEN_VALIDATE_PHONE_NUM, TOKEN_VALIDATE_PHONE_NUM_PITFALLS } from './token-validate-phone-num.mjs';
import { TOKEN_VALIDATE_PHONE_NUM_RSA } from './token-validate-phone-num-rsa.mjs';
import { TOKEN_VALIDATE_PHONE_NUM_RSA_MALFORMED } from './token-validate-phone-num-rsa-malformed.mjs';
import { TOKEN_VALIDATE_RSA } from './token-validate-rsa.mjs';
import { TOKEN_VALIDATE_RSA_MALFORMED } from './token-validate-rsa-malformed.mjs';
import { TOKEN_VALIDATE_RSA_PITFALLS } from './token-validate-rsa-pitfalls.mjs';

const FILES = [
  LOGIN_MD5,
  LOGIN_RSA,
  LOGIN_MSISDN,
  TOKEN_VALIDATE_HMAC,
  TOKEN_VALIDATE_PHONE_NUM,
  TOKEN_VALIDATE_RSA,
  LOGIN_MD5_PITFALLS,
  LOGIN_RSA_PITFALLS,
  LOGIN_MSISDN_PITFALLS,
  TOKEN_VALIDATE_HMAC_PITFALLS,
  TOKEN_VALIDATE_PHONE_NUM_PITFALLS,
  TOKEN_VALIDATE_RSA_PITFALLS,
  TOKEN_VALIDATE_PHONE_NUM_RSA,
  TIMESTAMP,
  LOGIN_RSA_MALFORMED,
  TOKEN_VALIDATE_RSA_MALFORMED,
  LOGIN_MD5_MALFORMED,
  TOKEN_VALIDATE_HMAC_MALFORMED,
  TOKEN_VALIDATE_PHONE_NUM_RSA_MALFORMED,
  LOGIN_MSISDN_MALFORMED,
];

/** Wycheproof's envelope: https://github.com/C2SP/wycheproof/blob/main/doc/formats.md. */
function vectorFile({ firstTcId, type, groups }) {
  let tcId = firstTcId;
  const numbered = groups.map(({ tests, ...group }) => ({
    type,
    ...group,
    tests: tests.map((test) => ({ tcId: tcId++, ...test })),
  }));
  const tests = numbered.flatMap((group) => group.tests);
  return {
    algorithm: numbered[0].algorithm,
    schema: 'vectors.schema.json',
    numberOfTests: tests.length,
    header: HEADERS[type],
    notes: notesOf(tests),
    testGroups: numbered,
  };
}

/** The notes for the flags of the tests. */
function notesOf(tests) {
  const flags = [...new Set(tests.flatMap((test) => test.flags))].sort();
  const unknown = flags.filter((flag) => !(flag in NOTES));
  if (unknown.length > 0) throw new Error(`flags without a note: ${unknown.join(', ')}. Add them to notes.mjs.`);
  return Object.fromEntries(flags.map((flag) => [flag, NOTES[flag]]));
}

const folder = process.argv[2] ?? fileURLToPath(new URL('../../fixtures/vectors/', import.meta.url));
/** As the project's other data is formatted. */
function formatted(file, json) {
  const args = ['biome', 'format', `--stdin-file-path=fixtures/vectors/${file}`];
  return execFileSync('npx', args, { input: JSON.stringify(json, null, 2), encoding: 'utf8' });
}

mkdirSync(folder, { recursive: true });
for (const { file, ...content } of FILES) {
  const json = vectorFile(content);
  writeFileSync(join(folder, `${file}.json`), formatted(`${file}.json`, json));
  console.log(`${file}.json: ${json.numberOfTests}`);
}
