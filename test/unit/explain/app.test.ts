/** Findings about the app: its whitelists, its capabilities and its calls. The document, 1.4 and 2. */

import { describe, expect, test } from 'vitest';
import { CAPABILITY_FINDINGS } from '../../../mock-server/explain/findings/app.js';
import {
  IP,
  listsOf,
  loginBody,
  NOW_MS,
  QUOTA,
  type Scene,
  verifyBody,
} from '../../support/engine.js';
import { evidenceFor, findingIds, subjectFor } from '../../support/explain.js';

const EGRESS = '203.0.113.7';

interface Lists {
  readonly own?: string | null;
  readonly other?: string | null;
  readonly clientIp?: string;
}

/** At verify, which always checks its list. */
function verifyFrom({ own = IP, other = IP, clientIp = EGRESS }: Lists, scene: Scene = {}) {
  const settings = { ipWhitelist: listsOf({ tokenValidate: own }, other), ...scene.settings };
  return subjectFor('tokenValidate', verifyBody(), { ...scene, settings, exchange: { clientIp } });
}

/** At login, with strictcheck. */
function loginFrom(
  { own = IP, other = IP, clientIp = EGRESS }: Lists,
  strictcheck: string,
  scene: Scene = {},
) {
  const settings = { ipWhitelist: listsOf({ loginTokenValidate: own }, other) };
  return subjectFor('loginTokenValidate', loginBody({ strictcheck }), {
    ...scene,
    settings,
    exchange: { clientIp },
  });
}

test.each([
  { entry: '203.0.113.0/29' },
  { entry: '203.0.*.*' },
  { entry: '203.0.113.1-9' },
  { entry: '203.0.113.7;203.0.113.8' },
  { entry: '203.0.113.7:443' },
  { entry: '2001:db8::/32' },
  { entry: 'localhost' },
  { entry: '-' },
])('an address is not listed by the malformed entry $entry', ({ entry }) => {
  const subject = verifyFrom({ own: `10.0.0.1,${entry}` });
  expect(findingIds(subject)).toEqual(['ip.list-syntax']);
  expect(evidenceFor(subject, 'ip.list-syntax')).toEqual([
    { received: EGRESS, list: `10.0.0.1,${entry}`, entries: [entry] },
  ]);
});

test('an IPv4-mapped address is shown and compared as IPv4', () => {
  const mapped = { clientIp: `::ffff:${EGRESS}` };
  expect(evidenceFor(verifyFrom(mapped), 'ip.not-listed')).toEqual([
    { received: EGRESS, list: IP },
  ]);
  expect(findingIds(verifyFrom({ ...mapped, other: EGRESS }))).toEqual(['ip.other-list']);
  expect(findingIds(verifyFrom({ ...mapped, own: EGRESS }))).toEqual([]);
});

test('the list of a login of pages can be the other list', () => {
  const settings = {
    ipWhitelist: { ...listsOf({ tokenValidate: IP }, IP), h5TokenValidate: EGRESS },
  };
  const subject = subjectFor('tokenValidate', verifyBody(), {
    settings,
    exchange: { clientIp: EGRESS },
  });
  expect(evidenceFor(subject, 'ip.other-list')).toMatchObject([
    { otherCapability: 'h5TokenValidate' },
  ]);
});

test('the other list is named and shown', () => {
  expect(evidenceFor(verifyFrom({ other: `${IP},${EGRESS}` }), 'ip.other-list')).toEqual([
    {
      received: EGRESS,
      list: IP,
      otherCapability: 'loginTokenValidate',
      otherList: `${IP},${EGRESS}`,
    },
  ]);
  expect(evidenceFor(loginFrom({ other: EGRESS }, '1'), 'ip.other-list')).toMatchObject([
    { otherCapability: 'tokenValidate', otherList: EGRESS },
  ]);
});

describe('login checks its list', () => {
  test.each([
    { description: 'not checked without strictcheck', strictcheck: '0', readings: {}, ids: [] },
    {
      description: 'checked with strictcheck',
      strictcheck: '1',
      readings: {},
      ids: ['ip.not-listed'],
    },
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
    { description: 'after a full-width comma', list: `10.0.0.1，${EGRESS}`, entries: ['，'] },
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

// 2026-11-26 00:00:00 in Beijing.
const MIDNIGHT_MS = Date.UTC(2026, 10, 25, 16);

describe('the daily quota', () => {
  test('its evidence has the counts and the time of the reset', () => {
    const subject = subjectFor('tokenValidate', verifyBody(), { state: { callsUsed: QUOTA + 3 } });
    expect(evidenceFor(subject, 'calls.daily-quota')).toEqual([
      { limit: QUOTA, used: QUOTA + 3, renewsAtMs: MIDNIGHT_MS, renewsAt: '20261126000000000' },
    ]);
  });

  test.each([
    {
      description: 'one millisecond before midnight',
      nowMs: MIDNIGHT_MS - 1,
      renewsAt: '20261126000000000',
    },
    { description: 'at midnight', nowMs: MIDNIGHT_MS, renewsAt: '20261127000000000' },
    {
      description: 'on the last day of the year',
      nowMs: Date.UTC(2026, 11, 31),
      renewsAt: '20270101000000000',
    },
  ])(
    'it resets at the next midnight in Beijing by the app’s clock, $description',
    ({ nowMs, renewsAt }) => {
      const subject = subjectFor('tokenValidate', verifyBody(), {
        nowMs,
        settings: { dailyQuota: 0 },
      });
      expect(evidenceFor(subject, 'calls.daily-quota')).toMatchObject([{ limit: 0, renewsAt }]);
    },
  );
});

describe('the package', () => {
  test.each([
    {
      description: 'is reported if it has no calls',
      callPackage: 0,
      callsUsed: 0,
      ids: ['calls.package'],
    },
    {
      description: 'is not reported if it has no limit',
      callPackage: null,
      callsUsed: 5000,
      ids: [],
    },
  ])('$description', ({ callPackage, callsUsed, ids }) => {
    const scene = {
      settings: { contracted: true, callPackage, dailyQuota: 0 },
      state: { callsUsed },
    };
    expect(findingIds(subjectFor('tokenValidate', verifyBody(), scene))).toEqual(ids);
    expect(findingIds(subjectFor('loginTokenValidate', loginBody(), scene))).toEqual(ids);
  });

  test('its evidence has the counts and no time of a reset', () => {
    const scene = {
      settings: { contracted: true, callPackage: 10 },
      state: { callsUsed: 10 },
      nowMs: NOW_MS,
    };
    const subject = subjectFor('tokenValidate', verifyBody(), scene);
    expect(evidenceFor(subject, 'calls.package')).toEqual([{ limit: 10, used: 10 }]);
  });
});

test('the repair of a missing capability keeps the enabled ones', () => {
  const [row] = CAPABILITY_FINDINGS;
  const settings = { capabilities: ['loginTokenValidate', 'h5TokenValidate'] as const };
  const subject = subjectFor('tokenValidate', verifyBody(), { settings });
  if (typeof row?.repair !== 'function') throw new Error('a missing capability has a repair');
  const capabilities = [...settings.capabilities, 'tokenValidate'];
  expect(row.repair(subject, {})).toMatchObject({
    state: { app: { settings: { capabilities } } },
  });
});
