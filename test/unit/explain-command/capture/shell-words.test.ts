/** The words of a pasted command: as a POSIX shell would split it. */
import { expect, test } from 'vitest';
import { shellWords } from '../../../../mock-server/cli/explain/capture/shell-words.js';
import { problemOf } from '../../../support/bilingual.js';

test.each([
  { description: 'spaces and tabs separate words', text: 'a  b\tc', expected: ['a', 'b', 'c'] },
  { description: 'spaces at both ends are ignored', text: ' a ', expected: ['a'] },
  { description: 'an empty text has no words', text: '', expected: [] },
  { description: 'single quotes keep everything', text: `'a "b" \\n $X'`, expected: ['a "b" \\n $X'] },
  { description: 'double quotes keep spaces and single quotes', text: `"it's a b"`, expected: ["it's a b"] },
  {
    description: 'inside double quotes a backslash escapes four characters',
    text: '"\\"\\\\\\$\\`"',
    expected: ['"\\$`'],
  },
  { description: 'inside double quotes other backslashes are kept', text: '"\\n\\/"', expected: ['\\n\\/'] },
  { description: 'inside double quotes a backslash continues the line', text: '"a\\\nb"', expected: ['ab'] },
  { description: 'a backslash keeps the next character', text: 'a\\ b\\"', expected: ['a b"'] },
  { description: 'adjacent quoted and unquoted parts are one word', text: `a'b'"c"$'d'\\e`, expected: ['abcde'] },
  { description: 'empty quotes are an empty word', text: `'' ""`, expected: ['', ''] },
  { description: 'a backslash at the end continues the line', text: 'a \\\n  b', expected: ['a', 'b'] },
  { description: 'a backslash before CRLF continues the line', text: 'a \\\r\n  b', expected: ['a', 'b'] },
  { description: 'a space after the last backslash is ignored', text: 'a \\ \n b', expected: ['a', 'b'] },
  { description: 'a continued line may split a word', text: 'a\\\nb', expected: ['ab'] },
  {
    description: "$'…' decodes the escapes of C",
    text: "$'\\n\\t\\'\\\\\\x41\\u4e2d\\U1F600\\101'",
    expected: ["\n\t'\\A中😀A"],
  },
  {
    description: "$'…' joins escaped bytes to characters",
    text: "$'\\xe4\\xb8\\xad\\346\\226\\207\\x21f'",
    expected: ['中文!f'],
  },
  { description: "$'…' replaces escaped bytes that are not UTF-8", text: "$'a\\xff\\u4e2d'", expected: ['a\ufffd中'] },
  { description: "$'…' keeps other backslashes", text: "$'\\/'", expected: ['\\/'] },
  {
    description: "$'…' limits a code point beyond Unicode to the last one",
    text: "$'\\UFFFFFFFF'",
    expected: ['\u{10ffff}'],
  },
  {
    description: 'a file that the command decodes from Base64 is read as its text',
    text: 'a @<(echo YQBi | base64 -d)',
    expected: ['a', 'a\0b'],
  },
  { description: 'any other process substitution ends the command', text: 'a @<(cat x)', expected: ['a', '@'] },
  { description: 'a caret is an ordinary character', text: `a^b '^"' ^`, expected: ['a^b', '^"', '^'] },
  {
    description: 'a dollar sign without a name is an ordinary character',
    text: `a$ "b$" $`,
    expected: ['a$', 'b$', '$'],
  },
  { description: 'a line break ends the command', text: 'a b\nc', expected: ['a', 'b'] },
  { description: 'a pipe ends the command', text: 'a b|c', expected: ['a', 'b'] },
  { description: 'an ampersand ends the command', text: 'a http://x/?b=1&c=2', expected: ['a', 'http://x/?b=1'] },
  { description: 'a redirection ends the command, including its number', text: 'a 2>/dev/null', expected: ['a'] },
])('$description', ({ text, expected }) => {
  expect(shellWords(text)).toEqual(expected);
});

test.each([
  { description: 'a variable', text: 'a $TOKEN', message: '"$TOKEN"' },
  { description: 'a variable in braces', text: 'a $\u007bTOKEN}', message: '"$\u007bTOKEN}"' },
  { description: 'a variable in double quotes', text: 'a "b $TOKEN c"', message: '"$TOKEN"' },
  { description: 'a command substitution', text: 'a $(date)', message: '"$("' },
  { description: 'a command substitution in back quotes', text: 'a `date`', message: '"`"' },
  { description: 'an unclosed single quote', text: "a 'b", message: "(')" },
  { description: 'an unclosed double quote', text: 'a "b', message: '(")' },
  { description: "an unclosed $'", text: "a $'b", message: "(')" },
  { description: 'an escaped quote of the Windows command line', text: 'a ^"b^"', message: '(^)' },
  { description: 'a continued line of the Windows command line', text: 'a "b" ^\r\n  c', message: '(^)' },
])('$description cannot be read', ({ text, message }) => {
  expect(problemOf(shellWords(text))).toContain(message);
});
