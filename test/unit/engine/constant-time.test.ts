/** The time to compare a secret, or a value computed from it, does not depend on the position of the first difference. */
import { describe, expect, test, vi } from 'vitest';
import { hashControlToken, isControlToken } from '../../../mock-server/carrier/apps/control-token.js';
import { createControlApi } from '../../../mock-server/control-api/control-api.js';
import { decryptPhoneNum, encryptPhoneNum } from '../../../src/protocol/phone-num.js';
import { newCarrier } from '../../support/carrier.js';
import { judge, loginBody, NOW_MS, PHONE_NUMBER, SETTINGS, verdict, verifyBody } from '../../support/engine.js';
import { privateKeyOf, publicKeyOf, TEST_KEYS } from '../../support/keys.js';
import { SENT_AT } from '../../support/requests.js';

describe('a comparison reads every character, wherever the difference is', () => {
  /** The positions of the text at which a character was read. */
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
    { place: 'first', at: 0 },
    { place: 'last', at: -1 },
  ])('if the $place character differs', ({ at }) => {
    test('for login’s MD5', async () => {
      const sign = changed(String(loginBody()['sign']), at);
      const positions = await readPositions(sign, () => {
        expect(verdict(judge('loginTokenValidate', loginBody({ sign })).decision)).toBe('103101 signValid');
      });
      expect(positions).toEqual(allOf(sign));
    });

    test('for verify’s HMAC', async () => {
      const sign = changed(String(verifyBody().body.sign), at);
      const positions = await readPositions(sign, () => {
        expect(verdict(judge('tokenValidate', verifyBody({ body: { sign } })).decision)).toBe('302 signValid');
      });
      expect(positions).toEqual(allOf(sign));
    });

    test('for a hashed phoneNum', async () => {
      const phoneNum = changed(String(verifyBody().body.phoneNum), at);
      const positions = await readPositions(phoneNum, () => {
        expect(verdict(judge('tokenValidate', verifyBody({ body: { phoneNum } })).decision)).toBe('001 numberMatches');
      });
      expect(positions).toEqual(allOf(phoneNum));
    });

    test('for the appKey and timestamp of an encrypted phoneNum', async () => {
      const { appKey } = SETTINGS;
      const sent = { phoneNumber: PHONE_NUMBER, appKey: changed(appKey, 0), timestamp: changed(SENT_AT, -1) };
      const ciphertext = encryptPhoneNum(sent, publicKeyOf(TEST_KEYS.platform.publicKey));
      const expected = at === 0 ? { appKey, timestamp: sent.timestamp } : { appKey: sent.appKey, timestamp: SENT_AT };
      const positions = await readPositions(sent.appKey + sent.timestamp, () => {
        expect(decryptPhoneNum(ciphertext, expected, privateKeyOf(TEST_KEYS.platform.privateKey))).toBeUndefined();
      });
      expect(positions).toEqual(allOf(appKey + SENT_AT));
    });

    test('for the hash of an app’s control token', async () => {
      const hash = hashControlToken('presented');
      const positions = await readPositions(hash, () => {
        expect(isControlToken('presented', changed(hash, at))).toBe(false);
      });
      expect(positions).toEqual(allOf(hash));
    });
  });

  test('for the hash of the server’s control token', async () => {
    const callApi = createControlApi(newCarrier({ nowMs: NOW_MS }).carrier, {
      controlToken: 'right',
      caPem: undefined,
    });
    const hash = hashControlToken('wrong');
    const positions = await readPositions(hash, async () => {
      const { status } = await callApi({
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
