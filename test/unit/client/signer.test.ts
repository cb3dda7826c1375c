/** An external signer instead of the private key: what it receives, and what the request then contains. */
import { sign as rsaSign } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { ConfigurationError, SecretUnavailableError, type Signer } from '../../../src/index.js';
import {
  APP,
  answering,
  clientOf,
  loginText,
  OWN,
  rejection,
  SENT_AT_MS,
  TOKEN,
  verifyText,
} from '../../support/client.js';
import { privateKeyOf, TEST_KEYS } from '../../support/keys.js';
import { KEYS, refusal } from './configured.js';

const { appSignPrivateKey, ...OTHER_KEYS } = KEYS;
const DIGESTS = { SHA256withRSA: 'RSA-SHA256', MD5withRSA: 'RSA-MD5' } as const;

/** A key service with the private key of 应用公钥1. */
const service: Signer = async (text, algorithm) =>
  rsaSign(
    DIGESTS[algorithm],
    Buffer.from(text),
    privateKeyOf(TEST_KEYS.demoAppSign.privateKey),
  ).toString('base64');

async function bodiesOf(keys: object) {
  const [login, verify] = [answering(loginText({ resultCode: '104201' })), answering(verifyText())];
  const changes = { keys, nowMs: () => SENT_AT_MS };
  await clientOf(login.fetch, changes).getPhoneNumber(TOKEN);
  await clientOf(verify.fetch, changes).verifyPhoneNumber({ token: TOKEN, phoneNumber: OWN });
  return [login, verify].map(({ calls: [call] }) => JSON.parse(call?.body ?? ''));
}

describe('an external signer', () => {
  test('signs login like the key that it has, and verify over the fields as sent', async () => {
    const texts: string[] = [];
    const sign: Signer = (text, algorithm) => {
      texts.push(`${algorithm} ${text}`);
      return service(text, algorithm);
    };
    const [login, verify] = await bodiesOf({ ...OTHER_KEYS, sign });
    const [localLogin] = await bodiesOf(KEYS);
    expect(login).toEqual(localLogin);
    const { header, body } = verify;
    const signed = [header.version, header.appId, header.timestamp, header.msgId].filter((text) =>
      texts[1]?.includes(text),
    );
    expect([texts[0], signed.length]).toEqual([`SHA256withRSA ${APP.appId}${TOKEN}`, 4]);
    expect(texts[1]).toContain(body.phoneNum);
    expect(body.sign).toBe(await service(texts[1]?.replace('MD5withRSA ', '') ?? '', 'MD5withRSA'));
  });

  test('an error of the signer is SecretUnavailableError, without the token', async () => {
    const sign: Signer = (text) => Promise.reject(new Error(`cannot sign ${text}`));
    const { fetch, calls } = answering();
    const error = await rejection(
      clientOf(fetch, { keys: { ...OTHER_KEYS, sign } }).getPhoneNumber(TOKEN),
      SecretUnavailableError,
    );
    expect([error.field, calls]).toEqual(['keys.sign', []]);
    expect((error.cause as Error).message).toBe('cannot sign [hidden]');
  });

  test.each(['', 'not Base64!', undefined])('the signature %j is refused', async (signature) => {
    const sign = async () => signature as string;
    const client = clientOf(answering().fetch, { keys: { ...OTHER_KEYS, sign } });
    const error = await rejection(client.getPhoneNumber(TOKEN), ConfigurationError);
    expect(error.message).toBe(
      'keys.sign must return the signature in Base64, and returned something else',
    );
  });

  test('is refused next to the private key, and if it is not a function', () => {
    expect(refusal({ ...APP, keys: { ...KEYS, sign: service } }).message).toContain('found both');
    expect(refusal({ ...APP, keys: { ...OTHER_KEYS, sign: appSignPrivateKey } }).message).toBe(
      'keys.sign must be a function',
    );
  });
});
