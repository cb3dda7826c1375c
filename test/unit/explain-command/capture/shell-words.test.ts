/** The words of a pasted command: as a POSIX shell would split it. */
import { expect, test } from 'vitest';
import { shellWords } from '../../../../mock-server/cli/explain/capture/shell-words.js';
import { problemOf } from '../../../support/bilingual.js';

test.each([
  { description: 'words stand between blanks', text: 'a  b\tc', expected: ['a', 'b', 'c'] },
  { description: 'blanks around them are none', text: ' a ', expected: ['a'] },
  { description: 'nothing has no words', text: '', expected: [] },
  { description: 'single quotes keep everything', text: `'a "b" \\n $X'`, expected: ['a "b" \\n $X'] },
  { description: 'double quotes keep blanks and single quotes', text: `"it's a b"`, expected: ["it's a b"] },
  { description: 'double quotes escape four characters', text: '"\\"\\\\\\$\\`"', expected: ['"\\$`'] },
  { description: 'double quotes keep other backslashes', text: '"\\n\\/"', expected: ['\\n\\/'] },
  { description: 'a line goes on inside double quotes', text: '"a\\\nb"', expected: ['ab'] },
  { description: 'a backslash keeps the next character', text: 'a\\ b\\"', expected: ['a b"'] },
  { description: 'parts that touch are one word', text: `a'b'"c"$'d'\\e`, expected: ['abcde'] },
  { description: 'empty quotes are a word', text: `'' ""`, expected: ['', ''] },
  { description: 'a line goes on behind a backslash', text: 'a \\\n  b', expected: ['a', 'b'] },
  { description: 'a line goes on behind a backslash and CRLF', text: 'a \\\r\n  b', expected: ['a', 'b'] },
  { description: 'a blank behind the last backslash is passed over', text: 'a \\ \n b', expected: ['a', 'b'] },
  { description: 'a word goes on over two lines', text: 'a\\\nb', expected: ['ab'] },
  {
    description: "$'…' has the escapes of C",
    text: "$'\\n\\t\\'\\\\\\x41\\u4e2d\\U1F600\\101'",
    expected: ["\n\t'\\A中😀A"],
  },
  {
    description: "$'…' has bytes, several for a character",
    text: "$'\\xe4\\xb8\\xad\\346\\226\\207\\x21f'",
    expected: ['中文!f'],
  },
  { description: "$'…' has bytes that are no text", text: "$'a\\xff\\u4e2d'", expected: ['a\ufffd中'] },
  { description: "$'…' keeps other backslashes", text: "$'\\/'", expected: ['\\/'] },
  { description: "$'…' takes what is beyond Unicode", text: "$'\\UFFFFFFFF'", expected: ['\u{10ffff}'] },
  {
    description: 'a file that the command makes of Base64 is its text',
    text: 'a @<(echo YQBi | base64 -d)',
    expected: ['a', 'a\0b'],
  },
  { description: 'another file is where the command ends', text: 'a @<(cat x)', expected: ['a', '@'] },
  { description: 'a caret is itself', text: `a^b '^"' ^`, expected: ['a^b', '^"', '^'] },
  { description: 'a dollar alone is itself', text: `a$ "b$" $`, expected: ['a$', 'b$', '$'] },
  { description: 'a second line is another command', text: 'a b\nc', expected: ['a', 'b'] },
  { description: 'a pipe ends the command', text: 'a b|c', expected: ['a', 'b'] },
  { description: 'so does an ampersand', text: 'a http://x/?b=1&c=2', expected: ['a', 'http://x/?b=1'] },
  { description: 'so does a redirection, with its number', text: 'a 2>/dev/null', expected: ['a'] },
])('$description', ({ text, expected }) => {
  expect(shellWords(text)).toEqual(expected);
});

test.each([
  { description: 'a variable', text: 'a $TOKEN', message: '"$TOKEN"' },
  { description: 'one in braces', text: 'a $\u007bTOKEN}', message: '"$\u007bTOKEN}"' },
  { description: 'one in double quotes', text: 'a "b $TOKEN c"', message: '"$TOKEN"' },
  { description: 'a command', text: 'a $(date)', message: '"$("' },
  { description: 'a command in back quotes', text: 'a `date`', message: '"`"' },
  { description: 'an open single quote', text: "a 'b", message: "(')" },
  { description: 'an open double quote', text: 'a "b', message: '(")' },
  { description: "an open $'", text: "a $'b", message: "(')" },
  { description: 'a quote of the Windows command line', text: 'a ^"b^"', message: '(^)' },
  { description: 'a line of the Windows command line', text: 'a "b" ^\r\n  c', message: '(^)' },
])('$description cannot be read', ({ text, message }) => {
  expect(problemOf(shellWords(text))).toContain(message);
});
