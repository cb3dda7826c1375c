/** The .http files of IDEs: sections, variables, the request at a line. */
import { describe, expect, test } from 'vitest';
import { sectionAt } from '../../../../mock-server/cli/explain/capture/http-file.js';
import { readCapture } from '../../../../mock-server/cli/explain/capture/read-capture.js';

const PATH = '/unisdk/rsapi/loginTokenValidate';

const FILE = `@host = http://127.0.0.1:10086
@appid=300000000001

### wrong signature
# @name first
POST {{host}}${PATH}
Content-Type: application/json

{"appid": "{{appid}}", "sign": "1"}

> {% client.log("done") %}

### good
POST {{ host }}${PATH} HTTP/1.1

{"appid": "{{appid}}", "sign": "2"}
`;

test('of several requests the first is explained, with the values of the variables', () => {
  const read = readCapture(FILE);
  expect(read).toMatchObject({
    method: 'POST',
    path: PATH,
    rawHeaders: ['Content-Type', 'application/json'],
    body: '{"appid": "300000000001", "sign": "1"}',
    among: { count: 2, as: 'first' },
  });
});

test.each([
  { line: 5, sign: '1' },
  { line: 11, sign: '1' },
  { line: 13, sign: '2' },
  { line: 99, sign: '2' },
])('the request at line $line', ({ line, sign }) => {
  expect(readCapture(sectionAt(FILE, line))).toMatchObject({
    body: `{"appid": "300000000001", "sign": "${sign}"}`,
  });
});

describe('a variable without a value in the file', () => {
  test('is named', () => {
    const text = `### login\nPOST {{host}}${PATH}\n\n{"token": "{{token}}", "sign": "{{sign}}"}`;
    expect(readCapture(text)).toMatchObject({
      en: expect.stringContaining('variables {{token}}, {{sign}} have no value'),
      zh: expect.stringContaining('{{token}}, {{sign}}'),
    });
  });

  test('in the host or a header does not matter', () => {
    const text = `### login\nPOST {{host}}${PATH}\nX-Trace: {{id}}\n\n{"token": "a"}`;
    expect(readCapture(text)).toMatchObject({ path: PATH, body: '{"token": "a"}' });
  });
});
