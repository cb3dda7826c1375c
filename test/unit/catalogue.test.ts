/** A catalogue of messages: what its rows become, and what does not compile. */
import { expect, expectTypeOf, test } from 'vitest';
import { type ArgumentsOf, catalogue, message } from '../../src/text/catalogue.js';

const ROWS = catalogue({
  'app.exists': { en: 'app {"app"} already exists', zh: '应用 {"app"} 已存在' },
  'flag.range': { en: '{flag} must be {min} or more', zh: '{flag} 不能小于 {min}' },
  stopping: { en: 'the server is stopping', zh: '服务正在停止' },
});

test.each([
  {
    description: 'a value in quotes is JSON',
    made: message(ROWS['app.exists'], { app: 'a"b' }),
    expected: { en: 'app "a\\"b" already exists', zh: '应用 "a\\"b" 已存在' },
  },
  {
    description: 'texts and numbers are verbatim',
    made: message(ROWS['flag.range'], { flag: '--jobs', min: 1 }),
    expected: { en: '--jobs must be 1 or more', zh: '--jobs 不能小于 1' },
  },
  {
    description: 'a text in two languages is in the language of the message',
    made: message(ROWS['flag.range'], { flag: { en: 'the body', zh: '请求体' }, min: 0 }),
    expected: { en: 'the body must be 0 or more', zh: '请求体不能小于 0' },
  },
  {
    description: 'no space follows Chinese punctuation',
    made: message(ROWS['flag.range'], { flag: { en: 'its age', zh: '它的 age（秒）' }, min: 0 }),
    expected: { en: 'its age must be 0 or more', zh: '它的 age（秒）不能小于 0' },
  },
  {
    description: 'a parameter that contains a place is not replaced again',
    made: message(ROWS['flag.range'], { flag: '{min}', min: 1 }),
    expected: { en: '{min} must be 1 or more', zh: '{min} 不能小于 1' },
  },
  {
    description: 'a row without parameters is its text',
    made: message(ROWS.stopping),
    expected: ROWS.stopping,
  },
])('$description', ({ made, expected }) => {
  expect(made).toEqual(expected);
});

test('the parameters follow from the text', () => {
  expectTypeOf<ArgumentsOf<(typeof ROWS)['app.exists']>[0]>().toExtend<{ readonly app: unknown }>();
  expectTypeOf<ArgumentsOf<(typeof ROWS)['stopping']>>().toEqualTypeOf<[]>();
  // @ts-expect-error: the Chinese text has another parameter
  catalogue({ row: { en: 'app {"app"} exists', zh: '应用 {"id"} 已存在' } });
  // @ts-expect-error: the Chinese text has no parameter
  catalogue({ row: { en: 'app {app} exists', zh: '应用已存在' } });
});
