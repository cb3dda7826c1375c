/** Findings about 服务器IP白名单. Observed: single addresses, ranges over the last octet, single IPv6 addresses, one list for each capability. */
import { describe, expect, test } from 'vitest';
import { IP, loginBody, type Scene, UNKNOWN_APP, verifyBody } from '../../support/engine.js';
import { evidenceFor, findingIds, subjectFor } from '../../support/explain.js';

const EGRESS = '203.0.113.7';

interface Lists {
  readonly own?: string | null;
  readonly other?: string | null;
  readonly clientIp?: string;
}

/** At verify, which always checks its list. */
function verifyFrom({ own = IP, other = IP, clientIp = EGRESS }: Lists, scene: Scene = {}) {
  const settings = { ipWhitelist: { loginTokenValidate: other, tokenValidate: own }, ...scene.settings };
  return subjectFor('tokenValidate', verifyBody(), { ...scene, settings, exchange: { clientIp } });
}

/** At login, with strictcheck. */
function loginFrom({ own = IP, other = IP, clientIp = EGRESS }: Lists, strictcheck: string, scene: Scene = {}) {
  const settings = { ipWhitelist: { loginTokenValidate: own, tokenValidate: other } };
  return subjectFor('loginTokenValidate', loginBody({ strictcheck }), { ...scene, settings, exchange: { clientIp } });
}

const ofIp = (ids: readonly string[]) => ids.filter((id) => id.startsWith('ip.'));

describe('an address that verify refuses', () => {
  test.each([
    { description: 'on neither list', lists: {}, ids: ['ip.not-listed'] },
    {
      description: 'in a range of the other list',
      lists: { other: '203.0.113.1-203.0.113.7' },
      ids: ['ip.other-list'],
    },
    { description: 'with no other list at all', lists: { other: null }, ids: ['ip.not-listed'] },
    {
      description: 'with an empty list, and on the other list',
      lists: { own: '', other: EGRESS },
      ids: ['ip.other-list', 'ip.list-empty'],
    },
    {
      description: 'outside a CIDR network',
      lists: { own: '198.51.100.0/24' },
      ids: ['ip.not-listed', 'ip.list-syntax'],
    },
    {
      description: 'after a full-width comma',
      lists: { own: '10.0.0.1，10.0.0.2' },
      ids: ['ip.not-listed', 'ip.list-syntax'],
    },
    {
      description: 'in a CIDR network, and on the other list',
      lists: { own: '203.0.113.0/24', other: EGRESS },
      ids: ['ip.other-list', 'ip.list-syntax'],
    },
  ])('$description', ({ lists, ids }) => {
    const subject = verifyFrom(lists);
    expect(subject.decidedBy).toBe('ipAllowed');
    expect(findingIds(subject)).toEqual(ids);
  });
});

describe('a malformed entry that is meant to cover the address is the only explanation', () => {
  test.each([
    { entry: '203.0.113.0/29' },
    { entry: '203.0.0.0/8' },
    { entry: '0.0.0.0/0' },
    { entry: '203.0.113.*' },
    { entry: '203.0.*.*' },
    { entry: '203.*' },
    { entry: '*' },
    { entry: '203.0.113.x' },
    { entry: '203.0.113.1-9' },
    { entry: '203.0.113.1 - 203.0.114.9' },
    { entry: '203.0.113.7;203.0.113.8' },
    { entry: '203.0.113.6 203.0.113.7' },
    { entry: '10.0.0.1、203.0.113.0/24' },
    { entry: '203.0.113.7:443' },
  ])('$entry', ({ entry }) => {
    const subject = verifyFrom({ own: `10.0.0.1,${entry}` });
    expect(findingIds(subject)).toEqual(['ip.list-syntax']);
    expect(evidenceFor(subject, 'ip.list-syntax')).toEqual([
      { received: EGRESS, list: `10.0.0.1,${entry}`, entries: [entry] },
    ]);
  });

  test.each([
    { entry: '203.0.113.8/29' },
    { entry: '203.0.113.0/33' },
    { entry: 'example.com/24' },
    { entry: '2001:db8::/32' },
    { entry: '203.0.114.*' },
    { entry: '203.0.113.8.*' },
    { entry: '203.1' },
    { entry: '203.0.113.8-9' },
    { entry: '203.0.113.9-203.0.113.1' },
    { entry: '::1-::9' },
    { entry: '203.0.113.8;203.0.113.9' },
    { entry: '203.0.113.8:443' },
    { entry: 'localhost' },
    { entry: '-' },
  ])('$entry does not cover the address, which is not listed', ({ entry }) => {
    expect(findingIds(verifyFrom({ own: entry }))).toEqual(['ip.not-listed', 'ip.list-syntax']);
  });

  test.each([
    { entry: '2001:db8::/32', ids: ['ip.list-syntax'] },
    { entry: '2001:db8::-2001:db8::9', ids: ['ip.list-syntax'] },
    { entry: '2001:db9::/32', ids: ['ip.not-listed', 'ip.list-syntax'] },
    { entry: '203.0.113.0/24', ids: ['ip.not-listed', 'ip.list-syntax'] },
    { entry: '203.0.113.*', ids: ['ip.not-listed', 'ip.list-syntax'] },
  ])('$entry with an IPv6 address', ({ entry, ids }) => {
    expect(findingIds(verifyFrom({ own: entry, clientIp: '2001:db8::5' }))).toEqual(ids);
  });
});

test('an IPv4-mapped address is shown and compared as IPv4', () => {
  const mapped = { clientIp: `::ffff:${EGRESS}` };
  expect(evidenceFor(verifyFrom(mapped), 'ip.not-listed')).toEqual([{ received: EGRESS, list: IP }]);
  expect(findingIds(verifyFrom({ ...mapped, other: EGRESS }))).toEqual(['ip.other-list']);
  expect(findingIds(verifyFrom({ ...mapped, own: '203.0.113.0/24' }))).toEqual(['ip.list-syntax']);
  expect(findingIds(verifyFrom({ ...mapped, own: EGRESS }))).toEqual([]);
});

test('the other list is named and shown', () => {
  expect(evidenceFor(verifyFrom({ other: `${IP},${EGRESS}` }), 'ip.other-list')).toEqual([
    { received: EGRESS, list: IP, otherCapability: 'loginTokenValidate', otherList: `${IP},${EGRESS}` },
  ]);
  expect(evidenceFor(loginFrom({ other: EGRESS }, '1'), 'ip.other-list')).toMatchObject([
    { otherCapability: 'tokenValidate', otherList: EGRESS },
  ]);
});

describe('login checks its list', () => {
  test.each([
    { description: 'not checked without strictcheck', strictcheck: '0', readings: {}, ids: [] },
    { description: 'checked with strictcheck', strictcheck: '1', readings: {}, ids: ['ip.not-listed'] },
    {
      description: 'checked without strictcheck if a reading requires it',
      strictcheck: '0',
      readings: { 'login-ip-check': 'always' },
      ids: ['ip.not-listed'],
    },
  ] as const)('$description', ({ strictcheck, readings, ids }) => {
    expect(findingIds(loginFrom({}, strictcheck, { readings }))).toEqual(ids);
  });

  test('with the reading registered and without strictcheck, only an empty list matters', () => {
    const readings = { 'login-ip-check': 'registered' } as const;
    expect(findingIds(loginFrom({ own: '' }, '0', { readings }))).toEqual(['ip.list-empty']);
    expect(findingIds(loginFrom({}, '0', { readings }))).toEqual([]);
    expect(findingIds(loginFrom({ own: null }, '0', { readings }))).toEqual([]);
    expect(findingIds(loginFrom({}, '1', { readings }))).toEqual(['ip.not-listed']);
  });

  test('the entries of an unchecked list do not matter', () => {
    expect(findingIds(loginFrom({ own: '203.0.113.0/24，', other: EGRESS }, '0'))).toEqual([]);
    expect(findingIds(loginFrom({ own: '' }, '0'))).toEqual([]);
  });
});

describe('an allowed address', () => {
  test.each([
    { description: 'listed without a mistake', list: `10.0.0.1,${EGRESS}`, entries: undefined },
    { description: 'in a range', list: '203.0.113.1-203.0.113.9', entries: undefined },
    { description: 'without a list', list: null, entries: undefined },
    { description: 'after a full-width comma', list: `10.0.0.1，${EGRESS}`, entries: ['，'] },
    { description: 'next to a CIDR network', list: `10.0.0.0/8,${EGRESS}`, entries: ['10.0.0.0/8'] },
    {
      description: 'next to a CIDR network and a full-width comma',
      list: `10.0.0.0/8,*，${EGRESS}`,
      entries: ['10.0.0.0/8', '*', '，'],
    },
  ])('$description', ({ list, entries }) => {
    const subject = verifyFrom({ own: list });
    expect(subject.decidedBy).toBe('allMet');
    expect(findingIds(subject)).toEqual(entries === undefined ? [] : ['ip.list-syntax']);
    expect(evidenceFor(subject, 'ip.list-syntax').map((evidence) => evidence['entries'])).toEqual(
      entries === undefined ? [] : [entries],
    );
  });
});

test('the list is reported after an earlier rule that decided', () => {
  const settings = { ipWhitelist: { loginTokenValidate: IP, tokenValidate: '' } };
  const ids = findingIds(subjectFor('tokenValidate', verifyBody({ header: { version: '2.0' } }), { settings }));
  expect(ids[0]).not.toBe('ip.list-empty');
  expect(ids).toContain('ip.list-empty');
});

test('an unknown app has no list', () => {
  expect(ofIp(findingIds(subjectFor('tokenValidate', verifyBody(), UNKNOWN_APP)))).toEqual([]);
});
