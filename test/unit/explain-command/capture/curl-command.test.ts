/** A curl command as the request that curl would send. */
import { expect, test } from 'vitest';
import type { Capture } from '../../../../mock-server/cli/explain/capture/capture.js';
import { shellWords } from '../../../../mock-server/cli/explain/capture/curl-command.js';
import { readCapture } from '../../../../mock-server/cli/explain/capture/read-capture.js';
import { problemOf } from '../../../support/bilingual.js';

const URL_ = 'https://www.cmpassport.com/unisdk/rsapi/loginTokenValidate';
const PATH = '/unisdk/rsapi/loginTokenValidate';
const FORM = ['Content-Type', 'application/x-www-form-urlencoded'];

interface Row {
  readonly description: string;
  readonly command: string;
  readonly expected: Partial<Capture>;
}

test.each<Row>([
  {
    description: 'a command with only a URL is a GET',
    command: `curl ${URL_}`,
    expected: { method: 'GET', path: PATH, body: '' },
  },
  {
    description: 'with data it is a POST',
    command: `curl ${URL_} -d '{}'`,
    expected: { method: 'POST', body: '{}' },
  },
  {
    description: '-X overrides the default method',
    command: `curl -X PUT -d x ${URL_}`,
    expected: { method: 'PUT' },
  },
  {
    description: 'the last of several methods applies',
    command: `curl -XPUT --request POST ${URL_}`,
    expected: { method: 'POST' },
  },
  {
    description: '-G makes it a GET without a body',
    command: `curl -G -d a=1 ${URL_}`,
    expected: { method: 'GET', body: '' },
  },
  {
    description: '-G is one of several letters',
    command: `curl -sGd a=1 ${URL_}`,
    expected: { method: 'GET', body: '' },
  },
  {
    description: 'the value of a letter is the rest of its word',
    command: `curl -sXGET -dG ${URL_}`,
    expected: { method: 'GET', body: 'G' },
  },
  {
    description: 'a long option can have its value in the same word',
    command: `curl --request=PUT --data=a=1 ${URL_}`,
    expected: { method: 'PUT', body: 'a=1' },
  },
  { description: '--url has the URL', command: `curl --url ${URL_}`, expected: { path: PATH } },
  {
    description: 'the query is not part of the path',
    command: `curl '${URL_}?a=1#b'`,
    expected: { path: PATH },
  },
  {
    description: 'a URL without a path has the path /',
    command: 'curl https://www.cmpassport.com',
    expected: { path: '/' },
  },
  {
    description: 'the scheme is optional',
    command: `curl www.cmpassport.com${PATH}`,
    expected: { path: PATH },
  },
  {
    description: 'data without a Content-Type have that of a form',
    command: `curl -d x ${URL_}`,
    expected: { rawHeaders: FORM },
  },
  {
    description: 'headers keep their order and letter case',
    command: `curl -H 'content-type:application/json' --header "X-A: 1" -d x ${URL_}`,
    expected: { rawHeaders: ['content-type', 'application/json', 'X-A', '1'] },
  },
  {
    description: 'a header without a value removes the default',
    command: `curl -H 'Content-Type:' -d x ${URL_}`,
    expected: { rawHeaders: [] },
  },
  {
    description: 'a header that ends with a semicolon is empty',
    command: `curl -H 'X-A;' ${URL_}`,
    expected: { rawHeaders: ['X-A', ''] },
  },
  {
    description: '--json makes it a POST of JSON',
    command: `curl --json '{"a":' --json '1}' ${URL_}`,
    expected: { method: 'POST', body: '{"a":1}', rawHeaders: ['Content-Type', 'application/json'] },
  },
  {
    description: 'several -d are joined',
    command: `curl -d a=1 --data-raw @b ${URL_}`,
    expected: { body: 'a=1&@b' },
  },
  {
    description: 'short options can be combined',
    command: `curl -sSkXPUT -dy ${URL_}`,
    expected: { method: 'PUT', body: 'y' },
  },
  {
    description: 'other flags are ignored',
    command: `curl -k --compressed -s -o out.json -w '%{http_code}' -u a:b --max-time 3 ${URL_}`,
    expected: { method: 'GET', path: PATH },
  },
  {
    description: 'after -- only URLs follow',
    command: `curl -- ${URL_}`,
    expected: { path: PATH },
  },
  {
    description: 'only the first request is read',
    command: `curl ${URL_} --next -d x http://b/`,
    expected: { method: 'GET' },
  },
  {
    description: 'a prompt and a folder before curl are ignored',
    command: `$ /usr/bin/curl ${URL_}`,
    expected: { path: PATH },
  },
  { description: 'curl.exe is curl', command: `curl.exe ${URL_}`, expected: { path: PATH } },
  {
    description: 'a command that a browser copied',
    command: `curl '${URL_}' \\\n  -H 'content-type: application/json' \\\n  --data-raw $'{"a":"it\\'s \\u0021"}' \\\n  --compressed`,
    expected: {
      method: 'POST',
      body: '{"a":"it\'s !"}',
      rawHeaders: ['content-type', 'application/json'],
    },
  },
  {
    description: 'a command that the mock printed',
    command: `curl -sS -X POST --globoff '${URL_}' -H 'x-a;' --data-raw $'{"a":"it\\x27s \\xe2\\x80\\xae\\x21 ^"}'`,
    expected: { method: 'POST', path: PATH, body: '{"a":"it\'s \u202e! ^"}' },
  },
  {
    description: 'JSON may be in double quotes',
    command: `curl -d "{\\"a\\":1}" ${URL_}`,
    expected: { body: '{"a":1}' },
  },
  {
    description: 'a pipe ends the command',
    command: `curl ${URL_} | jq -d x`,
    expected: { method: 'GET' },
  },
])('$description', ({ command, expected }) => {
  expect(readCapture(command)).toMatchObject(expected);
});

test.each([
  { description: 'a body in a file', command: `curl -d @body.json ${URL_}`, message: 'body.json' },
  {
    description: 'a binary body in a file',
    command: `curl --data-binary @body.json ${URL_}`,
    message: 'body.json',
  },
  { description: 'headers in a file', command: `curl -H @headers ${URL_}`, message: 'headers' },
  {
    description: 'data to encode',
    command: `curl --data-urlencode a=b ${URL_}`,
    message: '--data-urlencode',
  },
  { description: 'a form', command: `curl -F a=1 ${URL_}`, message: 'sends a form' },
  { description: 'no URL', command: 'curl -k -d x', message: 'has no address' },
  { description: 'a variable', command: `curl -d "$BODY" ${URL_}`, message: '"$BODY"' },
])('a command with $description is refused', ({ command, message }) => {
  expect(problemOf(readCapture(command))).toContain(message);
});

test.each([
  {
    description: 'continued lines',
    command: `curl -X POST ${URL_} ^\r\n  -H "X: 1" ^\r\n  -d "{\\"a\\":1}"`,
  },
  {
    description: 'the escapes of "Copy as cURL (cmd)"',
    command: `curl ^"${URL_}^" ^\n  -H ^"X: 1^" ^\n  --data-raw ^"^{^\\^"a^\\^":1^}^"`,
  },
])('a command of the Windows command line with $description is read', ({ command }) => {
  expect(readCapture(command)).toMatchObject({ method: 'POST', body: '{"a":1}' });
});

test('a caret in a POSIX command stays', () => {
  expect(shellWords("a 'b^\n\"c' d^e")).toEqual(['a', 'b^\n"c', 'd^e']);
  expect(shellWords(`'it'\\''^"'`)).toEqual([`it'^"`]);
});

test.each([
  { description: 'spaces and tabs separate words', text: 'a  b\tc', expected: ['a', 'b', 'c'] },
  { description: 'spaces at both ends are ignored', text: ' a ', expected: ['a'] },
  { description: 'an empty text has no words', text: '', expected: [] },
  {
    description: 'single quotes keep everything',
    text: `'a "b" \\n $X'`,
    expected: ['a "b" \\n $X'],
  },
  {
    description: 'double quotes keep spaces and single quotes',
    text: `"it's a b"`,
    expected: ["it's a b"],
  },
  {
    description: 'inside double quotes a backslash escapes four characters',
    text: '"\\"\\\\\\$\\`"',
    expected: ['"\\$`'],
  },
  {
    description: 'inside double quotes other backslashes are kept',
    text: '"\\n\\/"',
    expected: ['\\n\\/'],
  },
  {
    description: 'inside double quotes a backslash continues the line',
    text: '"a\\\nb"',
    expected: ['ab'],
  },
  { description: 'a backslash keeps the next character', text: 'a\\ b\\"', expected: ['a b"'] },
  {
    description: 'adjacent quoted and unquoted parts are one word',
    text: `a'b'"c"$'d'\\e`,
    expected: ['abcde'],
  },
  { description: 'empty quotes are an empty word', text: `'' ""`, expected: ['', ''] },
  {
    description: 'a backslash at the end continues the line',
    text: 'a \\\n  b',
    expected: ['a', 'b'],
  },
  {
    description: 'a backslash before CRLF continues the line',
    text: 'a \\\r\n  b',
    expected: ['a', 'b'],
  },
  {
    description: 'a space after the last backslash is ignored',
    text: 'a \\ \n b',
    expected: ['a', 'b'],
  },
  { description: 'a continued line may split a word', text: 'a\\\nb', expected: ['ab'] },
  {
    description: "$'…' decodes the escapes of C",
    text: "$'\\n\\t\\'\\\\\\x41\\u4e2d'",
    expected: ["\n\t'\\A中"],
  },
  {
    description: "$'…' joins escaped bytes to characters",
    text: "$'\\xe4\\xb8\\xad\\x21f'",
    expected: ['中!f'],
  },
  {
    description: "$'…' replaces escaped bytes that are not UTF-8",
    text: "$'a\\xff\\u4e2d'",
    expected: ['a\ufffd中'],
  },
  { description: "$'…' keeps other backslashes", text: "$'\\/'", expected: ['\\/'] },
  {
    description: 'a file that the command decodes from Base64 is read as its text',
    text: 'a @<(echo YQBi | base64 -d)',
    expected: ['a', 'a\0b'],
  },
  {
    description: 'any other process substitution ends the command',
    text: 'a @<(cat x)',
    expected: ['a', '@'],
  },
  {
    description: 'a caret is an ordinary character',
    text: `a^b '^"' ^`,
    expected: ['a^b', '^"', '^'],
  },
  {
    description: 'a dollar sign without a name is an ordinary character',
    text: `a$ "b$" $`,
    expected: ['a$', 'b$', '$'],
  },
  { description: 'a line break ends the command', text: 'a b\nc', expected: ['a', 'b'] },
  { description: 'a pipe ends the command', text: 'a b|c', expected: ['a', 'b'] },
  {
    description: 'an ampersand ends the command',
    text: 'a http://x/?b=1&c=2',
    expected: ['a', 'http://x/?b=1'],
  },
  {
    description: 'a redirection ends the command, including its number',
    text: 'a 2>/dev/null',
    expected: ['a'],
  },
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
])('$description cannot be read', ({ text, message }) => {
  expect(problemOf(shellWords(text))).toContain(message);
});
