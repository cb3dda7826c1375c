/** The time to compare a secret, or a value computed from it, does not depend on where the two texts differ. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test, vi } from 'vitest';
import { hashControlToken, isControlToken } from '../../../mock-server/carrier/apps/control-token.js';
import type { App, AppSettings } from '../../../mock-server/carrier/engine/app-settings.js';
import { createControlApi } from '../../../mock-server/control-api/control-api.js';
import type { ControlOptions } from '../../../mock-server/control-api/route.js';
import { decryptPhoneNum, encryptPhoneNum, hashPhoneNum } from '../../../src/protocol/phone-num.js';
import { equalInConstantTime, hmacSha256Hex, md5Hex, sha256Hex } from '../../../src/protocol/sign.js';
import { newCarrier } from '../../support/carrier.js';
import { judge, loginBody, NOW_MS, PHONE_NUMBER, SETTINGS, verdict, verifyBody } from '../../support/engine.js';
import { privateKeyOf, publicKeyOf, TEST_KEYS } from '../../support/keys.js';
import { SENT_AT } from '../../support/requests.js';

describe('every character is read, wherever the difference is', () => {
  /** The positions at which a character of the text was read. */
  async function readPositions(text: string, compare: () => unknown): Promise<readonly number[]> {
    const read = vi.spyOn(String.prototype, 'charCodeAt');
    await compare();
    const positions = read.mock.calls.filter((_, at) => String(read.mock.contexts[at]) === text).map(([at = 0]) => at);
    read.mockRestore();
    return [...new Set(positions)].sort((a, b) => a - b);
  }

  const allOf = (text: string) => Array.from(text, (_, at) => at);
  const changed = (text: string, at: number) => {
    const other = text.at(at) === 'A' ? 'B' : 'A';
    return at < 0 ? text.slice(0, at) + other : other + text.slice(1);
  };

  describe.each([
    { place: 'the first', at: 0 },
    { place: 'the last', at: -1 },
  ])('$place differs', ({ at }) => {
    test('of login’s MD5', async () => {
      const sign = changed(String(loginBody()['sign']), at);
      const positions = await readPositions(sign, () => {
        expect(verdict(judge('loginTokenValidate', loginBody({ sign })).decision)).toBe('103101 signValid');
      });
      expect(positions).toEqual(allOf(sign));
    });

    test('of verify’s HMAC', async () => {
      const sign = changed(String(verifyBody().body.sign), at);
      const positions = await readPositions(sign, () => {
        expect(verdict(judge('tokenValidate', verifyBody({ body: { sign } })).decision)).toBe('302 signValid');
      });
      expect(positions).toEqual(allOf(sign));
    });

    test('of a hashed phoneNum', async () => {
      const phoneNum = changed(String(verifyBody().body.phoneNum), at);
      const positions = await readPositions(phoneNum, () => {
        expect(verdict(judge('tokenValidate', verifyBody({ body: { phoneNum } })).decision)).toBe('001 numberMatches');
      });
      expect(positions).toEqual(allOf(phoneNum));
    });

    test('of what follows the number in an encrypted phoneNum', async () => {
      const { appKey } = SETTINGS;
      const sent = { phoneNumber: PHONE_NUMBER, appKey: changed(appKey, 0), timestamp: changed(SENT_AT, -1) };
      const ciphertext = encryptPhoneNum(sent, publicKeyOf(TEST_KEYS.platform.publicKey));
      const due = at === 0 ? { appKey, timestamp: sent.timestamp } : { appKey: sent.appKey, timestamp: SENT_AT };
      const positions = await readPositions(sent.appKey + sent.timestamp, () => {
        expect(decryptPhoneNum(ciphertext, due, privateKeyOf(TEST_KEYS.platform.privateKey))).toBeUndefined();
      });
      expect(positions).toEqual(allOf(appKey + SENT_AT));
    });

    test('of the hash of an app’s control token', async () => {
      const hash = hashControlToken('presented');
      const positions = await readPositions(hash, () => {
        expect(isControlToken('presented', changed(hash, at))).toBe(false);
      });
      expect(positions).toEqual(allOf(hash));
    });
  });

  test('the hash of the server’s control token', async () => {
    const answer = createControlApi(newCarrier({ nowMs: NOW_MS }).carrier, { controlToken: 'right', caPem: undefined });
    const hash = hashControlToken('wrong');
    const positions = await readPositions(hash, async () => {
      const { status } = await answer({
        method: 'GET',
        url: '/_mock/apps',
        base: 'http://localhost',
        headers: { authorization: 'Bearer wrong' },
        body: () => new Uint8Array(),
        signal: new AbortController().signal,
      });
      expect(status).toBe(401);
    });
    expect(positions).toEqual(allOf(hash));
  });
});

/** Names as keys, so that the compiler checks that the type has each one. */
type Names<T> = { readonly [K in keyof T]?: true };

const SECRET_FIELDS = {
  ...({ appKey: true, appSecret: true, controlTokenHash: true } satisfies Names<AppSettings>),
  ...({ md5Secret: true } satisfies Names<App>),
  ...({ controlToken: true } satisfies Names<ControlOptions>),
};
const HASHES = [md5Hex, sha256Hex, hmacSha256Hex, hashPhoneNum, hashControlToken].map(({ name }) => name);

const OPERATOR = String.raw`(?:===|!==|==(?!=)|!=(?!=))(?!\s*(?:undefined|null)\b)`;
const SEARCH = String.raw`\.(?:startsWith|endsWith|includes|indexOf|localeCompare)\(`;
/** Until the next condition begins. */
const WITHIN = '[^&|?;]*';

/** The lines that compare a secret or a hash with an operator or method that stops at the first difference. */
function earlyEnds(lines: readonly string[]): readonly string[] {
  const code = lines.map((line) => ({ line, read: withoutTexts(line) }));
  const hashed = new RegExp(
    String.raw`\bconst (\w+) = (?!.*=>)(?!.*\b${equalInConstantTime.name}\().*\b(?:${HASHES.join('|')})\(`,
  );
  const constants = code.flatMap(({ read }) => hashed.exec(read)?.[1] ?? []);
  const secret = String.raw`\b(?:${[...Object.keys(SECRET_FIELDS), ...HASHES, ...constants].join('|')})\b`;
  const patterns = [
    OPERATOR + WITHIN + secret,
    secret + WITHIN + OPERATOR,
    SEARCH + WITHIN + secret,
    `${secret}[^&|?;,]*${SEARCH}`,
  ].map((pattern) => new RegExp(pattern));
  return code.filter(({ read }) => patterns.some((pattern) => pattern.test(read))).map(({ line }) => line.trim());
}

/** Removes types and names in texts, which are not secrets. */
function withoutTexts(line: string): string {
  return line.replace(/typeof \w+ === '\w+'/g, '').replace(/'[^']*'/g, "''");
}

describe('no line compares a secret in a way that stops at the first difference', () => {
  const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
  /** The code that decides. The readers of an explanation may see the secrets. */
  const FOLDERS = [
    'src/protocol',
    'mock-server/carrier/engine',
    'mock-server/control-api',
    'mock-server/carrier/apps',
  ] as const;
  const FILES = FOLDERS.flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => join(folder, name)),
  );

  test.each(FILES)('in %s', (file) => {
    expect(earlyEnds(readFileSync(join(ROOT, file), 'utf8').split('\n'))).toEqual([]);
  });

  const [SECRET = ''] = Object.keys(SECRET_FIELDS);

  test.each([
    [`return ${SECRET} === sign;`],
    [`return sign !== ${SECRET};`],
    [`return presented == ${SECRET};`],
    [`return ${hashPhoneNum.name}({ phoneNumber, timestamp }) === phoneNum.toUpperCase();`],
    [`const due = ${md5Hex.name}(text);`, 'return sign === due;'],
    [`if (text === undefined || !text.endsWith(${SECRET} + timestamp)) return undefined;`],
    [`return ${SECRET}.startsWith(text);`],
  ])('the check finds %s', (...lines) => {
    expect(earlyEnds(lines)).toEqual(lines.slice(-1));
  });

  test.each([
    `const isDue = ${equalInConstantTime.name}(received, ${md5Hex.name}(text));`,
    `if (${SECRET} !== undefined && !isBearer(req, ${SECRET})) {`,
    `const { ${SECRET} = '' } = fields;`,
    `if (typeof ${SECRET} === 'string') return ${SECRET};`,
    `if (body.includes('${SECRET}')) return undefined;`,
  ])('the check ignores %s', (line) => {
    expect(earlyEnds([line])).toEqual([]);
  });
});
