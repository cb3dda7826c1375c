/** The search over edits: their order, their combinations, and which of two ways to make the same is reported. */
import { expect, test } from 'vitest';
import { type Edit, editsOf } from '../../../mock-server/explain/edits.js';
import { searchSign } from '../../../mock-server/explain/sign/search.js';
import type { Subject } from '../../../mock-server/explain/subject.js';
import { MSG_ID, SENT_AT } from '../../support/requests.js';
import {
  APP_ID,
  APP_KEY,
  APP_SECRET,
  HEAD,
  hmac,
  LOGIN_TEXT,
  loginSigned,
  md5,
  verifySigned,
} from './sign/makers.js';

const add = (letter: string, weight: number, mistakes = [letter]): Edit<string, string> => ({
  weight,
  mistakes,
  apply: (made) => made + letter,
});
const NEVER: Edit<string, string> = { weight: 2, mistakes: ['never'], apply: (made) => made };
const STEPS = [[add('a', 3), add('b', 2)], [NEVER, add('c', 2)], [add('d', 2, ['d', 'e'])]];

function made(limits: { readonly weightMax: number; readonly editsMax: number }) {
  return Array.from(editsOf('', STEPS, limits), (one) => `${one.made}: ${one.mistakes.join(' ')}`);
}

test('a smaller weight comes first; with equal weights, the order of steps and edits decides', () => {
  expect(made({ weightMax: 5, editsMax: 2 })).toEqual([
    ': ',
    'b: b',
    'c: c',
    'd: d e',
    'a: a',
    'bc: b c',
    'bd: b d e',
    'cd: c d e',
    'ac: a c',
    'ad: a d e',
  ]);
});

test('no more edits are made together than the limit permits', () => {
  expect(made({ weightMax: 9, editsMax: 1 })).toEqual([': ', 'b: b', 'c: c', 'd: d e', 'a: a']);
  expect(made({ weightMax: 7, editsMax: 3 })).toContain('acd: a c d e');
});

function idsIn(subject: Subject): readonly string[] {
  return searchSign(subject).mistakes.map(({ id }) => id.replace('sign.', ''));
}

const WITHOUT_MSG_ID = `${APP_ID}2.0${SENT_AT}0${LOGIN_TEXT.slice(HEAD.length)}`;

/** Each text has two explanations. */
test.each([
  {
    description: 'a line break after the secret at login: the secret, not the text',
    subject: loginSigned(md5(`${LOGIN_TEXT}${APP_SECRET}\n`)),
    ids: ['secret-extra'],
  },
  {
    description: 'a line break after the text at verify: the text, not the secret',
    subject: verifySigned((text) => hmac(`${text}\n`, APP_KEY)),
    ids: ['line-feed'],
  },
  {
    description: 'a separator at an empty field: the separator alone, not a field as well',
    subject: loginSigned(
      md5([APP_ID, '2.0', SENT_AT, '0', LOGIN_TEXT.slice(HEAD.length), APP_SECRET].join('&')),
      { msgid: '' },
    ),
    ids: ['separator'],
  },
  {
    description: 'a field that is missing and was sent empty: no mistake',
    subject: loginSigned(md5(WITHOUT_MSG_ID + APP_SECRET), { msgid: '' }),
    ids: [],
  },
  {
    description: 'the sorted order: the order alone, as one of any',
    subject: loginSigned(
      md5(`${APP_ID}${MSG_ID}0${SENT_AT}${LOGIN_TEXT.slice(HEAD.length)}2.0${APP_SECRET}`),
    ),
    ids: ['field-order'],
  },
  {
    description: 'key= between the values: the separator, whose place it is',
    subject: loginSigned(md5(`${LOGIN_TEXT}key=${APP_SECRET}`)),
    ids: ['separator'],
  },
])('$description', ({ subject, ids }) => {
  expect(idsIn(subject)).toEqual(ids);
});
