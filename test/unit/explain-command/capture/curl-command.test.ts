/** A curl command as the request that curl would send. */
import { expect, test } from 'vitest';
import type { Capture } from '../../../../mock-server/cli/explain/capture/capture.js';
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
  { description: 'with data it is a POST', command: `curl ${URL_} -d '{}'`, expected: { method: 'POST', body: '{}' } },
  { description: '-X overrides the default method', command: `curl -X PUT -d x ${URL_}`, expected: { method: 'PUT' } },
  {
    description: 'the last of several methods applies',
    command: `curl -XPUT --request POST ${URL_}`,
    expected: { method: 'POST' },
  },
  { description: '-I makes it a HEAD', command: `curl -I ${URL_}`, expected: { method: 'HEAD' } },
  {
    description: '-G makes it a GET without a body',
    command: `curl -G -d a=1 ${URL_}`,
    expected: { method: 'GET', body: '' },
  },
  { description: '--url has the URL', command: `curl --url ${URL_}`, expected: { path: PATH } },
  { description: 'the query is not part of the path', command: `curl '${URL_}?a=1#b'`, expected: { path: PATH } },
  {
    description: 'a URL without a path has the path /',
    command: 'curl https://www.cmpassport.com',
    expected: { path: '/' },
  },
  { description: 'the scheme is optional', command: `curl www.cmpassport.com${PATH}`, expected: { path: PATH } },
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
    description: '--data-urlencode encodes the data',
    command: `curl --data-urlencode 'a=1 2' --data-urlencode '=&' ${URL_}`,
    expected: { body: 'a=1%202&%26' },
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
  { description: 'after -- only URLs follow', command: `curl -- ${URL_}`, expected: { path: PATH } },
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
    expected: { method: 'POST', body: '{"a":"it\'s !"}', rawHeaders: ['content-type', 'application/json'] },
  },
  {
    description: 'a command that the mock printed',
    command: `curl -sS -X POST --globoff '${URL_}' -H 'x-a;' --data-raw $'{"a":"it\\x27s \\xe2\\x80\\xae\\x21 ^"}'`,
    expected: { method: 'POST', path: PATH, body: '{"a":"it\'s \u202e! ^"}' },
  },
  {
    description: 'half a surrogate pair is encoded as U+FFFD',
    command: `curl --data-urlencode $'a=\\ud83d' ${URL_}`,
    expected: { body: 'a=%EF%BF%BD' },
  },
  {
    description: 'JSON may be in double quotes',
    command: `curl -d "{\\"a\\":1}" ${URL_}`,
    expected: { body: '{"a":1}' },
  },
  { description: 'a pipe ends the command', command: `curl ${URL_} | jq -d x`, expected: { method: 'GET' } },
])('$description', ({ command, expected }) => {
  expect(readCapture(command)).toMatchObject({ clientIp: undefined, atMs: undefined, ...expected });
});

test.each([
  { description: 'a body in a file', command: `curl -d @body.json ${URL_}`, message: 'body.json' },
  { description: 'a binary body in a file', command: `curl --data-binary @body.json ${URL_}`, message: 'body.json' },
  { description: 'headers in a file', command: `curl -H @headers ${URL_}`, message: 'headers' },
  { description: 'a file to encode', command: `curl --data-urlencode a@b ${URL_}`, message: '--data-urlencode' },
  { description: 'a form', command: `curl -F a=1 ${URL_}`, message: 'multipart/form-data' },
  { description: 'no URL', command: 'curl -k -d x', message: 'has no address' },
  { description: 'a variable', command: `curl -d "$BODY" ${URL_}`, message: '"$BODY"' },
  {
    description: 'escapes of the Windows command line',
    command: `curl ^"${URL_}^" ^\n -d ^"x^"`,
    message: 'cURL (bash)',
  },
])('a command with $description is refused', ({ command, message }) => {
  expect(problemOf(readCapture(command))).toContain(message);
});
