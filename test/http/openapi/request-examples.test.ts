/** The signatures of the OpenAPI document's examples are valid: they were created outside this code, and the mock accepts them. */
import { describe, expect, test } from 'vitest';
import { exampleOf, type NamedExample, REQUESTS } from '../../full/openapi/document.js';
import { mintToken, newApp, send, startMock } from '../../support/mock.js';
import { readVectors, type Vector } from '../../support/vectors.js';

const PHONE_NUMBER = '13800138000';

interface Wire {
  readonly sign: string;
  readonly token: string;
  readonly body?: undefined;
}

interface Envelope {
  readonly header: object;
  readonly body: Wire;
}

/** The part of the request with the token and `sign`. */
function signedPart({ value }: NamedExample): Wire {
  const request: Wire | Envelope = value;
  return request.body ?? request;
}

function withSign({ value }: NamedExample, sign: string): object {
  return value.body === undefined
    ? { ...value, sign }
    : { ...value, body: { ...value.body, sign } };
}

/** The vector with the example's signature, from the file that the example names. */
function vectorOf(example: NamedExample): Vector {
  const file = example.description.match(/fixtures\/vectors\/([a-z0-9-]+)\.json/)?.[1] ?? '';
  const vector = readVectors(file).find(({ sign }) => sign === signedPart(example).sign);
  if (vector === undefined)
    throw new Error(
      `${file} has no vector with the signature of ${example.operation} ${example.name}`,
    );
  return vector;
}

/** Those of the document have vectors. */
const OF_VECTORS = REQUESTS.filter(({ operation }) => operation !== 'h5TokenValidate');
const LOGIN_MD5 = vectorOf(exampleOf(REQUESTS, 'loginTokenValidate', 'md5'));
const LOGIN_RSA = vectorOf(exampleOf(REQUESTS, 'loginTokenValidate', 'rsa'));
const VERIFY_HMAC = vectorOf(exampleOf(REQUESTS, 'tokenValidate', 'hmac'));
const VERIFY_RSA = vectorOf(exampleOf(REQUESTS, 'tokenValidate', 'rsa'));

test.each(OF_VECTORS)('$operation $name is a valid vector of the file that it names', (example) => {
  const { result, message, sign } = vectorOf(example);
  expect(result).toBe('valid');
  expect(example.value).toEqual(withSign({ ...example, value: message }, sign));
});

test.each([
  { name: 'md5', secret: LOGIN_MD5.group.appSecret },
  { name: 'hmac', secret: VERIFY_HMAC.group.appKey },
])('$name names the secret of its signature', ({ name, secret }) => {
  expect(REQUESTS.find((example) => example.name === name)?.description).toContain(` ${secret};`);
});

describe('to an app with those credentials', () => {
  /** A mock with the vectors' 平台公钥 and an app with the example's token. */
  async function carrierFor(example: NamedExample): Promise<string> {
    const { url } = await startMock({
      configuration: { platformKey: VERIFY_RSA.group.platformPrivateKey },
    });
    const { appVerifyKey } = LOGIN_RSA.group;
    const { appId, appKey, appSecret } = LOGIN_MD5.group;
    await newApp(url, { appId, appKey, appSecret, appVerifyKey, appEncryptKey: appVerifyKey });
    const { token } = signedPart(example);
    await mintToken(url, appId, {
      token,
      phoneNumber: PHONE_NUMBER,
      capability: example.operation,
    });
    return url;
  }

  test.each(OF_VECTORS)('$operation $name succeeds', async (example) => {
    const { text } = await send(await carrierFor(example), 'POST', example.path, example.value);
    expect(text).toMatch(/"resultCode":"(?:103000|000)"/);
  });

  test.each(OF_VECTORS)(
    '$operation $name fails if one character of its signature changes',
    async (example) => {
      const { sign } = signedPart(example);
      const changed = withSign(example, `${sign.startsWith('A') ? 'B' : 'A'}${sign.slice(1)}`);
      const { text } = await send(await carrierFor(example), 'POST', example.path, changed);
      expect(text).toMatch(/"resultCode":"(?:103101|302)"/);
    },
  );
});
