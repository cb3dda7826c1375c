/** A secret, and what only its holder can compute, is compared in a time that does not tell where it differs: a rule about the source. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
/** Whatever decides; an explanation is for whoever may see the secrets. */
const FOLDERS = ['src/protocol', 'mock-server/engine', 'mock-server/control', 'mock-server/worlds'] as const;

const SECRET = String.raw`\b(?:appKey|appSecret|md5Secret|controlToken|expected|md5Hex|sha256Hex|hmacSha256Hex|hashPhoneNum)\b`;
const OPERATOR = String.raw`(?:===|!==|==(?!=)|!=(?!=))(?!\s*(?:undefined|null)\b)`;
/** Up to where another condition begins. */
const WITHIN = '[^&|?;]*';

const EARLY_ENDED = [
  new RegExp(OPERATOR + WITHIN + SECRET),
  new RegExp(SECRET + WITHIN + OPERATOR),
  new RegExp(String.raw`\.(?:startsWith|endsWith|includes|indexOf|localeCompare)\(${WITHIN}${SECRET}`),
  new RegExp(String.raw`${SECRET}[^&|?;,]*\.(?:startsWith|endsWith|includes|indexOf|localeCompare)\(`),
];

/** Of a type, and a name in a text, nothing can be learnt. */
function endsEarly(line: string): boolean {
  const told = line.replace(/typeof \w+ === '\w+'/g, '').replace(/'[^']*'/g, "''");
  return EARLY_ENDED.some((pattern) => pattern.test(told));
}

const LINES = FOLDERS.flatMap((folder) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .flatMap((name) =>
      readFileSync(join(ROOT, folder, name), 'utf8')
        .split('\n')
        .map((line, at) => ({ where: `${folder}/${name}:${at + 1}`, line })),
    ),
);

test('no line that decides compares a secret by an operator that ends at the first difference', () => {
  expect(LINES.filter(({ line }) => endsEarly(line))).toEqual([]);
});

test('signs, phoneNum and the control token are compared in constant time', () => {
  const files = LINES.filter(({ line }) => line.includes('equalInConstantTime(') && !line.includes('function')).map(
    ({ where }) => where.replace(/:\d+$/, ''),
  );
  expect([...new Set(files)].sort()).toEqual([
    'mock-server/control/guard.ts',
    'mock-server/engine/facts/login-token-validate.ts',
    'mock-server/engine/facts/token-validate.ts',
    'mock-server/worlds/control-token.ts',
    'src/protocol/phone-num.ts',
  ]);
});

describe('the rule', () => {
  test.each([
    'return sign === expected;',
    'return expected !== sign;',
    'return hashPhoneNum({ phoneNumber, appKey, timestamp }) === phoneNum.toUpperCase();',
    'if (text === undefined || !text.endsWith(appKey + timestamp)) return undefined;',
    'return presented == controlToken;',
    'return appSecret.startsWith(text);',
  ])('finds %s', (line) => {
    expect(endsEarly(line)).toBe(true);
  });

  test.each([
    'return equalInConstantTime(received, expected);',
    'if (controlToken !== undefined && !isBearer(req, controlToken)) {',
    "const { appKey = '' } = fields;",
    "if (typeof controlToken === 'string') return controlToken;",
    "if (body.includes('controlToken')) return undefined;",
  ])('passes over %s', (line) => {
    expect(endsEarly(line)).toBe(false);
  });
});
