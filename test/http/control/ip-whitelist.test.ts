/** /_mock/ip-whitelist/check: what each entry admits, or what is wrong with it and how to write it. */
import { describe, expect, test } from 'vitest';
import { compileIpWhitelist } from '../../../mock-server/carrier/engine/ip-whitelist.js';
import { controlBench } from '../../support/control.js';

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
  const { body } = await api.post('/_mock/ip-whitelist/check').send({ ipWhitelist, clientIp }).expect(200);
  return body;
}

describe('an entry that is right', () => {
  test.each([
    { description: 'an IPv4', list: '10.0.0.1', admits: '10.0.0.1' },
    { description: 'a range', list: '10.0.0.1-10.0.0.9', admits: '10.0.0.1-10.0.0.9' },
    { description: 'a range with blanks', list: ' 10.0.0.1 - 10.0.0.9 ', admits: '10.0.0.1-10.0.0.9' },
    { description: 'a whole last octet', list: '10.0.0.0-10.0.0.255', admits: '10.0.0.0-10.0.0.255' },
    { description: 'a range of one', list: '10.0.0.5-10.0.0.5', admits: '10.0.0.5-10.0.0.5' },
    { description: 'an IPv6', list: '2001:db8::1', admits: '2001:db8:0:0:0:0:0:1' },
    { description: 'an IPv4 written as IPv6', list: '::ffff:10.0.0.1', admits: '10.0.0.1' },
  ])('$description admits $admits', async ({ list, admits }) => {
    expect(await check(list)).toEqual({
      entries: [{ entry: list.trim(), admits, problem: null }],
      notes: [],
      clientIpAdmitted: null,
    });
  });
});

describe('an entry that is wrong', () => {
  test.each([
    { entry: '10.0.0.0/29', says: 'CIDR', write: '10.0.0.0-10.0.0.7' },
    { entry: '10.0.0.5/24', says: 'CIDR', write: '10.0.0.0-10.0.0.255' },
    { entry: '10.0.0.5/32', says: 'CIDR', write: '10.0.0.5' },
    {
      entry: '10.0.0.0/22',
      says: 'CIDR',
      write: '10.0.0.0-10.0.0.255,10.0.1.0-10.0.1.255,10.0.2.0-10.0.2.255,10.0.3.0-10.0.3.255',
    },
    { entry: '10.0.0.*', says: 'Wildcards', write: '10.0.0.0-10.0.0.255' },
    { entry: '10.0.0.x', says: 'Wildcards', write: '10.0.0.0-10.0.0.255' },
    { entry: '10.0.0.250-10.0.1.5', says: 'last octet', write: '10.0.0.250-10.0.0.255,10.0.1.0-10.0.1.5' },
    { entry: '10.0.0.1-9', says: 'complete addresses', write: '10.0.0.1-10.0.0.9' },
    { entry: '10.0.0.1 - 9', says: 'complete addresses', write: '10.0.0.1-10.0.0.9' },
    { entry: '10.0.0.9-10.0.0.1', says: 'ends before', write: '10.0.0.1-10.0.0.9' },
    { entry: '10.0.0.1:8080', says: 'no port', write: '10.0.0.1' },
    { entry: '[2001:db8::1]:443', says: 'no port', write: '2001:db8::1' },
    { entry: '[::1]', says: 'no port', write: '::1' },
    { entry: '10.0.0.1 10.0.0.2', says: 'comma', write: '10.0.0.1,10.0.0.2' },
    { entry: '10.0.0.1;10.0.0.2', says: 'comma', write: '10.0.0.1,10.0.0.2' },
    { entry: '10.0.0.1、10.0.0.2', says: 'comma', write: '10.0.0.1,10.0.0.2' },
    { entry: '10.0.0.1 - 10.0.0.5\n10.0.0.9', says: 'comma', write: '10.0.0.1-10.0.0.5,10.0.0.9' },
  ])('$entry: $says, write $write', async ({ entry, says, write }) => {
    const { entries } = await check(entry);
    expect(entries).toEqual([
      { entry, admits: null, problem: { en: expect.stringContaining(says), zh: expect.stringMatching(HAN) } },
    ]);
    const [written] = entries;
    expect(written?.problem?.en).toContain(`: write ${write}.`);
    expect(written?.problem?.zh).toContain(`请写成 ${write}。`);
    // What is advised is taken.
    expect((await check(write)).entries.map(({ problem }) => problem)).not.toContainEqual(expect.anything());
  });

  test.each([
    {
      description: 'a network of a thousand addresses, which would be long',
      entry: '10.0.0.0/8',
      says: 'each last octet',
    },
    { description: 'a network of two thousand addresses', entry: '10.0.0.0/21', says: 'each last octet' },
    { description: 'a list that would be long', entry: '10.0.0.1 '.repeat(20).trim(), says: 'comma' },
    { description: 'a mask that is none', entry: '10.0.0.0/33', says: 'CIDR' },
    { description: 'a network of IPv6', entry: '2001:db8::/32', says: 'one by one' },
    { description: 'a wildcard of everything', entry: '*', says: 'Wildcards' },
    { description: 'a wildcard in the middle', entry: '10.*.0.1', says: 'Wildcards' },
    { description: 'a wide range', entry: '10.0.0.1-10.9.0.1', says: 'only the last octet' },
    { description: 'a range of IPv6', entry: '::1-::9', says: 'IPv6 has no ranges' },
    { description: 'a range without an end', entry: '10.0.0.1-', says: 'not an address' },
    { description: 'a hyphen', entry: '-', says: 'not an address' },
    { description: 'a number too large', entry: '10.0.0.256', says: 'not an address' },
    { description: 'a number too large, with a port', entry: '10.0.0.256:80', says: 'not an address' },
    { description: 'a leading zero', entry: '010.0.0.1', says: 'not an address' },
    { description: 'a host name', entry: 'api.example.com', says: 'Host names' },
    { description: 'a URL', entry: 'http://10.0.0.1/', says: 'not an address' },
    { description: 'markup', entry: '<script>', says: 'not an address' },
    { description: 'a name of an object', entry: '__proto__', says: 'not an address' },
  ])('$description is told, without a writing', async ({ entry, says }) => {
    const { entries } = await check(entry);
    expect(entries).toEqual([
      { entry, admits: null, problem: { en: expect.stringContaining(says), zh: expect.stringMatching(HAN) } },
    ]);
    expect(entries[0]?.problem?.en).not.toContain(': write 1');
    expect(entries[0]?.problem?.en).toMatch(/^[^<]*\.$/);
  });

  test('of a list the right ones count, and each is told by itself', async () => {
    const { entries } = await check('10.0.0.1,10.0.0.0/24,::1');
    expect(entries.map(({ problem }) => problem === null)).toEqual([true, false, true]);
  });

  test('every one that is refused has a problem, and no other', async () => {
    const list = '10.0.0.1,a,10.0.0.1-10.0.0.2,*,::1,10.0.0.0/8,10.0.0.1:1,1 2,::1-::2';
    for (const { entry, admits, problem } of (await check(list)).entries) {
      expect(admits === null).toBe(problem !== null);
      expect(compileIpWhitelist(entry)('10.0.0.1')).toBe(admits?.startsWith('10.0.0.1') === true);
    }
  });
});

describe('the list as a whole', () => {
  test.each([
    { description: 'an empty one', list: '', entries: 0, notes: ['no entry'] },
    { description: 'commas alone', list: ' , ,', entries: 0, notes: ['no entry'] },
    { description: 'a full-width comma', list: '10.0.0.1，10.0.0.2', entries: 2, notes: ['full-width'] },
    { description: 'full-width commas alone', list: '，，', entries: 0, notes: ['no entry', 'full-width'] },
    { description: 'a half-width comma', list: '10.0.0.1,10.0.0.2', entries: 2, notes: [] },
  ])('$description', async ({ list, entries, notes }) => {
    const checked = await check(list);
    expect(checked.entries).toHaveLength(entries);
    expect(checked.notes).toEqual(
      notes.map((en) => ({ en: expect.stringContaining(en), zh: expect.stringMatching(HAN) })),
    );
  });

  test('the longest that the portal takes is answered', async () => {
    const { entries } = await check('1,'.repeat(2000));
    expect(entries).toHaveLength(2000);
  });
});

describe('an address', () => {
  test.each([
    { clientIp: '10.0.0.1', admitted: true },
    { clientIp: '10.0.0.10', admitted: false },
    { clientIp: '::ffff:10.0.0.9', admitted: true },
    { clientIp: '::1', admitted: true },
    { clientIp: '10.0.1.1', admitted: false },
  ])('$clientIp is admitted: $admitted', async ({ clientIp, admitted }) => {
    expect((await check('10.0.0.1-10.0.0.9,::1,10.0.1.0/24', clientIp)).clientIpAdmitted).toBe(admitted);
  });

  test('nobody is admitted by an empty list', async () => {
    expect((await check('', '127.0.0.1')).clientIpAdmitted).toBe(false);
  });
});

describe('what is refused', () => {
  test.each([
    { description: 'no list', body: {}, pointer: '/ipWhitelist' },
    { description: 'null', body: { ipWhitelist: null }, pointer: '/ipWhitelist' },
    { description: 'a list as a list', body: { ipWhitelist: ['10.0.0.1'] }, pointer: '/ipWhitelist' },
    { description: 'a longer one than the portal’s', body: { ipWhitelist: '1'.repeat(4001) }, pointer: '/ipWhitelist' },
    { description: 'an address that is none', body: { ipWhitelist: '', clientIp: 'localhost' }, pointer: '/clientIp' },
    { description: 'an empty address', body: { ipWhitelist: '', clientIp: '' }, pointer: '/clientIp' },
    { description: 'a number for an address', body: { ipWhitelist: '', clientIp: 7 }, pointer: '/clientIp' },
    { description: 'an unknown field', body: { ipWhitelist: '', ip: '::1' }, pointer: '/ip' },
  ])('$description', async ({ body, pointer }) => {
    const { api } = await controlBench();
    expect((await api.post('/_mock/ip-whitelist/check').send(body).expect(400)).body).toMatchObject({ pointer });
  });
});
