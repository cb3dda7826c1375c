/** Rows of test/mistakes over HTTP, one for each shape of an explanation: the format of the response, and the same result as in the pure engine. */
import { expect, test } from 'vitest';
import { type Mode, modeOf, type Sent } from '../support/mistake-request.js';
import { MISTAKES } from '../support/mistakes.js';
import { send, sharedMock } from '../support/mock.js';
import { post, sendRow } from '../support/sent-mistakes.js';
import { bytesOf, headerOf, openHttp } from '../support/wire.js';

const NAMES = [
  // Accepted, without and with a remark.
  ...[
    'login RSA, as in the document',
    'a client puts JSON into expandParams, encoded, which works',
  ],
  // A refused signature: with a known text, without one, and of another app's key.
  ...[
    'the fields are joined with a comma, and APPSecret is appended without one',
    'a client signs another text with MD5withRSA',
  ],
  'an Android back-end signs with the key of the iOS app',
  // No body, no JSON, another interface, parameters in the query.
  ...['curl is called without -d', 'a JSON template has a comma after its last field'],
  ...['a client calls checksmscode after 001', 'a client sends GET with the fields in the query'],
  // A body that is too large, or cut.
  'a client puts a picture into message',
  'Content-Length counts characters instead of bytes, so a Chinese message truncates the JSON',
  // What the app, its token and an earlier request determine.
  ...['nothing was entered at login', 'the Android back-end gets a token of the iOS app at login'],
  ...[
    'a page is loaded again and sends its token again at verify',
    'the free calls of the day are used up at login',
  ],
];
const ROWS = MISTAKES.flatMap(({ rows }) => rows).filter(({ description }) =>
  NAMES.includes(description),
);

test('each of these rows exists', () => {
  expect(ROWS.map(({ description }) => description).sort()).toEqual([...NAMES].sort());
});

test.each(ROWS)('$description', async (row) => {
  const { url: base } = await sharedMock();
  const requestId = await sendRow(base, row);
  const path = `/_mock/requests/${requestId}/explanation`;
  const { json: english } = await send(base, 'GET', `${path}?lang=en`);
  const { json: chinese } = await send(base, 'GET', `${path}?lang=zh`);
  const { code, decidedBy, next = null, missing = null, causes = [], remarks = [] } = row.expected;
  const text = expect.any(String);
  const findings = [...causes.map((id) => [id, 'cause']), ...remarks.map((id) => [id, 'remark'])];
  const shownFindings = findings.map(([id, role]) => ({
    id,
    role,
    title: text,
    detail: text,
    evidence: expect.any(Object),
  }));
  const isRead = english.stringToSign !== null;
  const isFound = english.signedString !== null;
  const pieces = expect.arrayContaining([{ field: text, value: text }]);
  expect(english).toEqual({
    requestId,
    operation: modeOf(row.mode).operation,
    resultCode: code,
    decidedBy,
    forced: false,
    observed: [],
    gates: expect.arrayContaining([
      { requires: text, otherwise: text, basis: text, outcome: text },
    ]),
    next,
    missing,
    findings: shownFindings,
    stringToSign: isRead ? text : null,
    stringToSignSegments: isRead ? pieces : null,
    expectedSign: isRead && row.mode.endsWith('RSA') === false ? text : null,
    receivedSign: english.receivedSign === null ? null : text,
    signedString: isFound ? text : null,
    signedStringSegments: isFound ? pieces : null,
  });
  expect(Object.keys(chinese)).toEqual(Object.keys(english));
  expect(chinese.findings).toEqual(shownFindings);
});

async function postByHttp10(base: string, { path, rawHeaders, body }: Sent): Promise<string> {
  const wire = openHttp(base);
  wire.send(
    bytesOf({ target: path, version: '1.0', headers: [rawHeaders.join(': ')] }, String(body)),
  );
  return headerOf(await wire.reply(), 'x-mock-request-id') ?? '';
}

const JSON_TYPE = ['Content-Type', 'application/json'];
const H2C = [
  'Connection',
  'Upgrade, HTTP2-Settings',
  'Upgrade',
  'h2c',
  'HTTP2-Settings',
  'AAEAAEAAAAIAAAABAAMAAABkAAQBAAAAAAUAAEAA',
];

test.each([
  {
    description: 'Expect: 100-continue',
    mode: 'login MD5',
    headers: [...JSON_TYPE, 'Expect', '100-continue'],
  },
  { description: 'Upgrade: h2c', mode: 'verify HMAC', headers: [...JSON_TYPE, ...H2C] },
  {
    description: 'a body in chunks',
    mode: 'login MD5',
    deliver: (base: string, sent: Sent) => post(base, sent, 'chunks'),
  },
  { description: 'HTTP/1.0', mode: 'login MD5', deliver: postByHttp10 },
] satisfies readonly {
  description: string;
  mode: Mode;
  headers?: string[];
  deliver?: typeof postByHttp10;
}[])(
  'a working client with $description has no finding',
  async ({ description, mode, headers = JSON_TYPE, deliver = post }) => {
    const row = {
      description,
      mode,
      http: { headers },
      expected: { code: '103000', decidedBy: 'allMet' },
    } as const;
    const { url: base } = await sharedMock();
    const requestId = await sendRow(base, row, deliver);
    const { json } = await send(base, 'GET', `/_mock/requests/${requestId}/explanation`);
    expect(json).toMatchObject({ decidedBy: 'allMet', findings: [] });
  },
);
