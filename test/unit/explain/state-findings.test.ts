/** Properties of all findings about the state of a request: its address, capability, token, number and calls. */
import { describe, expect, test } from 'vitest';
import { inLanguage } from '../../../mock-server/explain/finding.js';
import { FINDINGS, findingsOf } from '../../../mock-server/explain/findings.js';
import { LANGUAGES } from '../../../src/text/bilingual.js';
import { EXPIRED, loginBody, type Scene, TOKEN, USED, verifyBody } from '../../support/engine.js';
import { findingIds, subjectFor } from '../../support/explain.js';

const GROUPS = ['ip', 'capability', 'token', 'phone', 'calls', 'client'];
const ROWS = FINDINGS.filter(({ id }) => GROUPS.includes(id.split('.')[0] ?? ''));

function placeholdersIn(text: string): readonly string[] {
  return [...text.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name).sort();
}

const NOWHERE = { loginTokenValidate: '10.0.0.1', tokenValidate: '10.0.0.0/8，10.0.0.1' };
const NOTHING_LEFT = { dailyQuota: 0, capabilities: [], ipWhitelist: NOWHERE } as const;

/** All mistakes at once, to cover most ids. */
const WORST: readonly { readonly description: string; readonly scene: Scene }[] = [
  {
    description: 'a token that is used and expired',
    scene: { settings: NOTHING_LEFT, token: { ...USED, ...EXPIRED, operator: 'unicom' } },
  },
  { description: 'an unknown token', scene: { settings: NOTHING_LEFT, state: { token: undefined } } },
  {
    description: 'a token of the other capability, under a contract',
    scene: {
      settings: { ...NOTHING_LEFT, contracted: true, callPackage: 0 },
      token: { capability: 'loginTokenValidate' },
    },
  },
];

describe.each(WORST)('everything wrong: $description', ({ scene }) => {
  const body = verifyBody({ header: { version: '9' }, body: { sign: 'F'.repeat(64) } }, '13900139000');
  const subject = subjectFor('tokenValidate', body, scene);
  const found = findingsOf(subject).filter(({ row }) => ROWS.includes(row));

  test('the evidence has all values that the detail shows', () => {
    expect(found.length).toBeGreaterThan(3);
    for (const one of found) {
      for (const language of LANGUAGES) {
        expect(Object.keys(one.evidence)).toEqual(
          expect.arrayContaining([...placeholdersIn(one.row.detail[language])]),
        );
        expect(inLanguage(one, language).detail).not.toMatch(/\{\w+\}|undefined/);
      }
    }
  });

  test('they are in the order of cause before symptom, after the finding that decided', () => {
    const ranks = found.map(({ row }) => ROWS.indexOf(row));
    expect(subject.decidedBy).toBe('parametersValid');
    expect(ranks).toEqual(ranks.toSorted((a, b) => a - b));
  });
});

test('the finding that decided comes first, before earlier rows of the table', () => {
  const scene: Scene = { token: USED, state: { callsUsed: 1000 }, settings: { ipWhitelist: NOWHERE } };
  const body = verifyBody({}, '13900139000');
  const admitted = { ...scene, settings: {} };
  expect(findingIds(subjectFor('tokenValidate', body, admitted))).toEqual([
    'token.used',
    'client.retry',
    'phone.different',
    'calls.daily-quota',
  ]);
  expect(findingIds(subjectFor('tokenValidate', body, scene))).toEqual([
    'ip.not-listed',
    'ip.list-syntax',
    'token.used',
    'phone.different',
    'calls.daily-quota',
    'client.retry',
  ]);
});

test('a valid login has no finding, whatever other capabilities the app has', () => {
  const scene: Scene = { settings: { capabilities: ['loginTokenValidate'], ipWhitelist: NOWHERE } };
  expect(findingIds(subjectFor('loginTokenValidate', loginBody({ token: TOKEN }), scene))).toEqual([]);
});
