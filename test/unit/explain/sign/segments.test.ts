/** A string to sign in pieces. */
import { expect, test } from 'vitest';
import { PLAIN, type Recipe, segmentsOf, textOf } from '../../../../mock-server/explain/sign/recipe.js';

const APP_ID = { name: 'appid', value: '3000' };
const TOKEN = { name: 'token', value: '' };
const SECRET = { name: 'appSecret', value: 'S', secret: true } as const;
const value = (field: string | null, text: string) => ({ field, value: text });

const ROWS: readonly (Partial<Recipe> & { readonly description: string; readonly segments: readonly object[] })[] = [
  {
    description: 'without separators each value is one piece, even an empty one',
    segments: [value('appid', '3000'), value('token', ''), value('appSecret', 'S')],
  },
  {
    description: 'separators and names are pieces without a field',
    between: '&',
    pair: '=',
    parts: [APP_ID, { ...SECRET, label: 'key' }],
    segments: [
      value(null, 'appid='),
      value('appid', '3000'),
      value(null, '&'),
      value(null, 'key='),
      value('appSecret', 'S'),
    ],
  },
  {
    description: 'the braces of a map enclose everything except the secret',
    between: ', ',
    pair: '=',
    braces: true,
    parts: [APP_ID, SECRET],
    segments: [
      value(null, '{'),
      value(null, 'appid='),
      value('appid', '3000'),
      value(null, '}'),
      value('appSecret', 'S'),
    ],
  },
  {
    description: 'a line break at the end is a piece without a field',
    parts: [APP_ID],
    ending: '\n',
    segments: [value('appid', '3000'), value(null, '\n')],
  },
];

test.each(ROWS)('$description', ({ description: _, segments, ...changes }) => {
  const recipe: Recipe = { ...PLAIN, parts: [APP_ID, TOKEN, SECRET], key: undefined, ...changes };
  expect(segmentsOf(recipe)).toEqual(segments);
  expect(segmentsOf(recipe).reduce((text, segment) => text + segment.value, '')).toBe(textOf(recipe));
});
