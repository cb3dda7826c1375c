/** The calls that store nothing: the check of a whitelist, and generated key pairs. */

import { createPublicKey } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { controlBench } from '../../support/control.js';
import { privateKeyOf, publicKeyOf } from '../../support/keys.js';

const HAN = /\p{Script=Han}/u;

interface Bilingual {
  readonly en: string;
  readonly zh: string;
}

interface Checked {
  readonly entries: readonly {
    readonly entry: string;
    readonly admits: string | null;
    readonly problem: Bilingual | null;
  }[];
  readonly notes: readonly Bilingual[];
  readonly clientIpAdmitted: boolean | null;
}

async function check(ipWhitelist: string, clientIp?: string): Promise<Checked> {
  const { api } = await controlBench();
  const { body } = await api
    .post('/_mock/ip-whitelist/check')
    .send({ ipWhitelist, clientIp })
    .expect(200);
  return body;
}

describe('an entry', () => {
  test.each([
    { description: 'an IPv4', list: '10.0.0.1', admits: '10.0.0.1' },
    {
      description: 'a range with blanks',
      list: ' 10.0.0.1 - 10.0.0.9 ',
      admits: '10.0.0.1-10.0.0.9',
    },
    { description: 'an IPv6', list: '2001:db8::1', admits: '2001:db8:0:0:0:0:0:1' },
  ])('$description admits $admits', async ({ list, admits }) => {
    expect(await check(list)).toEqual({
      entries: [{ entry: list.trim(), admits, problem: null }],
      notes: [],
      clientIpAdmitted: null,
    });
  });

  test('that is invalid has a sentence that names what an entry may be', async () => {
    const { entries } = await check('10.0.0.1,10.0.0.0/24');
    const problem = {
      en: expect.stringContaining('write an IPv4'),
      zh: expect.stringMatching(HAN),
    };
    expect(entries).toEqual([
      { entry: '10.0.0.1', admits: '10.0.0.1', problem: null },
      { entry: '10.0.0.0/24', admits: null, problem },
    ]);
  });
});

describe('the list as a whole', () => {
  test.each([
    { description: 'an empty list', list: '', entries: 0, notes: ['no entry'] },
    { description: 'only commas', list: ' , ,', entries: 0, notes: ['no entry'] },
    {
      description: 'a full-width comma',
      list: '10.0.0.1，10.0.0.2',
      entries: 2,
      notes: ['full-width'],
    },
    {
      description: 'only full-width commas',
      list: '，，',
      entries: 0,
      notes: ['no entry', 'full-width'],
    },
    { description: 'a half-width comma', list: '10.0.0.1,10.0.0.2', entries: 2, notes: [] },
  ])('$description', async ({ list, entries, notes }) => {
    const checked = await check(list);
    expect(checked.entries).toHaveLength(entries);
    expect(checked.notes).toEqual(
      notes.map((en) => ({ en: expect.stringContaining(en), zh: expect.stringMatching(HAN) })),
    );
  });

  test('the longest list that the portal accepts is checked', async () => {
    const { entries } = await check('1,'.repeat(2000));
    expect(entries).toHaveLength(2000);
  });
});

test.each([
  { clientIp: '10.0.0.9', admitted: true },
  { clientIp: '10.0.0.10', admitted: false },
])('a client with the address $clientIp is admitted: $admitted', async ({ clientIp, admitted }) => {
  expect((await check('10.0.0.1-10.0.0.9', clientIp)).clientIpAdmitted).toBe(admitted);
});

test.each([
  { description: 'by default', body: undefined, bits: 1024 },
  { description: 'in the larger size', body: { bits: 2048 }, bits: 2048 },
])('$description, a pair has $bits bits and its keys belong together', async ({ body, bits }) => {
  const { api } = await controlBench();
  const pair = (await api.post('/_mock/key-pairs').send(body).expect(201)).body;
  expect(Object.keys(pair)).toEqual(['publicKey', 'privateKey']);
  const publicKey = publicKeyOf(pair.publicKey);
  expect(publicKey.asymmetricKeyType).toBe('rsa');
  expect(publicKey.asymmetricKeyDetails?.modulusLength).toBe(bits);
  expect(createPublicKey(privateKeyOf(pair.privateKey)).equals(publicKey)).toBe(true);
});

test('each call generates a different pair', async () => {
  const { api } = await controlBench();
  const [one, two] = [await api.post('/_mock/key-pairs'), await api.post('/_mock/key-pairs')];
  expect(one.body.publicKey).not.toBe(two.body.publicKey);
});
