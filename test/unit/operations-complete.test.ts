/** Each operation of the table is complete: leaving out one of its parts fails the test with the name of the part. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { RESULT_CODES, SCHEMAS } from '../../contracts/index.js';
import { SCENARIO_FILES } from '../../contracts/kit/case-files.js';
import { FACTS } from '../../contracts/kit/operations.js';
import demoApps from '../../fixtures/apps.json' with { type: 'json' };
import { moduleOf } from '../../mock-server/carrier/engine/operations/operations.js';
import { REQUIREMENTS } from '../../mock-server/carrier/engine/requirements.js';
import { readCapture } from '../../mock-server/cli/explain/capture/read-capture.js';
import OPERATION_TEXTS from '../../mock-server/console/messages/operations.json' with {
  type: 'json',
};
import type { Explanation } from '../../mock-server/explain/explain.js';
import { OPERATION_WORDS } from '../../mock-server/explain/field-words.js';
import { shapeOf } from '../../mock-server/explain/fields.js';
import { explainsUnmet } from '../../mock-server/explain/finding.js';
import { FINDINGS } from '../../mock-server/explain/findings.js';
import { fieldsOf, replyFields, signingsOf } from '../../src/protocol/fields.js';
import { OPERATIONS } from '../../src/protocol/operations.js';
import { CAPABILITIES } from '../../src/protocol/portal.js';
import { RESULTS, resultRows } from '../../src/protocol/result-codes.js';
import { ALL_CASES } from '../kit/provider/parity.js';
import { type Bench, controlBench, createApp, mint } from '../support/control.js';
import type { TestApp } from '../support/mock.js';
import { KEYS, PRIVATE_KEY, sendSigned, signRequest } from './control/signed-request-scene.js';

/** The mock's own failures, which no mistake of a client causes. */
const OF_THE_CARRIER = ['serviceUp', 'tokenServiceUp', 'numberObtained'];

describe.each(OPERATIONS)('$operation', (description) => {
  const { operation } = description;
  const { rules, allMet } = moduleOf(operation);

  test('an app by default settings has the capability and an empty place for its whitelist', async () => {
    const { capabilities, ipWhitelist } = (await createApp(await controlBench())) as TestApp &
      Settings;
    expect(capabilities).toContain(operation);
    expect(Object.keys(ipWhitelist)).toContain(operation);
    expect(CAPABILITIES).toContain(operation);
  });

  test.each(signingsOf(operation))(
    'the control API mints and signs by $name, and the call succeeds and is explained',
    async (scheme) => {
      const { outcome, signed, explanation } = await signedCall(scheme);
      expect(outcome).toBe(allMet);
      expect(explanation.findings).toEqual([]);
      expect(explanation.stringToSign).toBe(signed.stringToSign);
      const pieces = explanation.stringToSignSegments.map(({ value }) => value);
      expect(pieces.join('')).toBe(signed.stringToSign);
      expect(explanation.expectedSign).toBe(scheme.key.by === 'rsa' ? null : signed.sign);
    },
  );

  test.each(signingsOf(operation))(
    'a broken signature by $name has a code and a cause',
    async (scheme) => {
      const { outcome, explanation } = await signedCall(scheme, (sign) =>
        sign.replace(/.$/, sign.endsWith('0') ? '1' : '0'),
      );
      const causes = explanation.findings
        .filter(({ role }) => role === 'cause')
        .map(({ id }) => id);
      expect(outcome).toBe(rules.find(({ requires }) => requires === 'signValid')?.otherwise);
      expect(causes).toEqual([expect.stringMatching(/^sign\./)]);
    },
  );

  async function signedCall(
    { name, key }: ReturnType<typeof signingsOf>[number],
    change = (sign: string) => sign,
  ) {
    const bench = await controlBench();
    const app = await createApp(bench, KEYS);
    const token = await mint(bench, app, { capability: operation });
    const own = key.by === 'rsa' ? { privateKey: PRIVATE_KEY } : {};
    const signed = await signRequest(bench, app, { operation, token, signing: name, ...own });
    const body = signed.body.replace(signed.sign, change(signed.sign));
    const outcome = await sendSigned(bench, { ...signed, body });
    const { body: journal } = await bench.api.get('/_mock/requests').expect(200);
    const answer = await bench.api.get(`/_mock/requests/${journal.requests[0].id}/explanation`);
    const explanation: Explained = answer.body;
    return { outcome, signed, explanation };
  }

  test('each requirement has words, a code of the operation, and a finding unless the carrier itself fails', () => {
    const codes = resultRows(operation).map(({ code }) => code);
    for (const { requires, otherwise } of rules) {
      const { met, unmet } = REQUIREMENTS[requires];
      const isExplained = FINDINGS.some((row) => explainsUnmet(row, requires));
      for (const text of [met.en, met.zh, unmet.en, unmet.zh]) expect(text, requires).not.toBe('');
      expect(codes, requires).toContain(otherwise);
      expect(isExplained, requires).toBe(!OF_THE_CARRIER.includes(requires));
    }
  });

  test('each code has a case of the contract', () => {
    const inCases = ALL_CASES.filter((row) => row.operation === operation).flatMap(
      ({ testCase }) => testCase.then.resultCode,
    );
    const codes = RESULTS[operation].map(({ code }) => code);
    expect(codes.filter((code) => !inCases.includes(code))).toEqual([]);
  });

  test('each code has a command that causes it', async () => {
    const bench = await controlBench();
    const { body } = await bench.api.get('/_mock/result-codes').expect(200);
    const rows: readonly AtlasRow[] = body.codes.filter(
      (row: AtlasRow) => row.operation === operation,
    );
    expect(rows.map(({ code }) => code)).toEqual(RESULTS[operation].map(({ code }) => code));
    for (const { code, decidedBy, ways } of rows) {
      bench.clock.nowMs += 1;
      const curl = ways.find(({ way }) => way === 'cause')?.curl ?? 'none';
      expect({ code: await codeOf(bench, curl) }, curl).toEqual({ code });
      const { body: journal } = await bench.api.get('/_mock/requests?limit=1').expect(200);
      expect(decidedBy, code).toContain(journal.requests[0].decidedBy);
    }
  });

  test('its success has its basis in the atlas, and no code is documented without the document', async () => {
    const { api } = await controlBench();
    const { body } = await api.get('/_mock/result-codes').expect(200);
    const rows: readonly AtlasRow[] = body.codes.filter(
      (row: AtlasRow) => row.operation === operation,
    );
    expect(rows.find(({ code }) => code === allMet)?.basis).toBe(description.basis);
    if (description.basis !== 'documented')
      expect(rows.map(({ basis }) => basis)).not.toContain('documented');
  });

  test('the kit has its facts with its host, and its schemas', () => {
    expect(FACTS[operation]?.host).toBe(description.hosts[0]);
    expect(Object.keys(SCHEMAS)).toContain(operation);
  });

  test('each field of its requests and responses has words, and no other', () => {
    const { request, answer } = OPERATION_WORDS[operation];
    const places = (rows: readonly { readonly name: string; readonly location: string }[]) =>
      [...new Set(rows.map(({ name, location }) => `${location}/${name}`))].toSorted();
    const objects = (rows: readonly { readonly location: string }[]) =>
      [...new Set(rows.map(({ location }) => location))]
        .filter((location) => location !== 'topLevel' && location !== 'httpHeader')
        .map((name) => ({ name, location: 'topLevel' }));
    const [fields, reply] = [fieldsOf(operation), replyFields(operation)];
    expect(places(request)).toEqual(places([...fields, ...objects(fields)]));
    expect(places(answer)).toEqual(places([...reply, ...objects(reply)]));
  });

  test('the kit checks its requests: how they are sent, and their content', () => {
    const { sent } = SCENARIO_FILES.find((file) => file.operation === operation) ?? { sent: [] };
    const ids = sent.map(({ id }) => id);
    const due = [
      ...['method', 'path', 'content-type', 'json', 'schema', 'given', 'sign', 'time'],
      ...['token-once', 'charged-once', 'token-hidden', 'secrets-hidden'],
      ...(FACTS[operation].request.phoneNum === undefined ? [] : ['phone-num']),
    ].map((name) => `${operation}/consumer/sent-${name}`);
    expect(due.filter((id) => !ids.includes(id))).toEqual([]);
  });

  test('its body is recognised at the path of another operation', async () => {
    const bench = await controlBench();
    const app = await createApp(bench, KEYS);
    const token = await mint(bench, app, { capability: operation });
    const own = signingsOf(operation).every(({ key }) => key.by === 'rsa')
      ? { privateKey: PRIVATE_KEY }
      : {};
    const { body } = await signRequest(bench, app, { operation, token, ...own });
    expect(shapeOf(JSON.parse(body))).toBe(operation);
  });

  test('the demo app has its capability', () => {
    for (const app of demoApps) expect(app.capabilities).toContain(description.capability);
  });

  test('the console has its texts', () => {
    const kinds = new Set(
      Object.keys(OPERATION_TEXTS).map((id) => id.slice(0, id.lastIndexOf('.'))),
    );
    for (const kind of kinds)
      expect(Object.keys(OPERATION_TEXTS)).toContain(`${kind}.${operation}`);
  });

  test.each(['codes', 'rules'])('docs/reference/%s has its part', (page) => {
    for (const suffix of ['.md', '.zh-CN.md'])
      expect(readFileSync(`docs/reference/${page}${suffix}`, 'utf8')).toContain(
        `<!-- from: ${page} ${operation} -->`,
      );
  });

  test('each refusal has a next step, and each success none', () => {
    const { results } = description;
    for (const row of results) expect('next' in row, row.code).toBe(row.code !== allMet);
  });

  test('its fields, paths and codes are those of the kit and of GET /_mock/operations', async () => {
    const { api } = await controlBench();
    const { body } = await api.get('/_mock/operations').expect(200);
    const row = body.operations.find((each: { operation: string }) => each.operation === operation);
    const names = row.requestFields.map(({ name }: { name: string }) => name);
    expect(names).toEqual(expect.arrayContaining(fieldsOf(operation).map(({ name }) => name)));
    expect(row).toMatchObject({ path: description.path, version: description.version });
    expect(
      RESULT_CODES.flatMap((each) => (each.operation === operation ? [each.resultCode] : [])),
    ).toEqual(RESULTS[operation].map(({ code }) => code));
  });
});

type Explained = Pick<Explanation, 'findings' | 'stringToSign' | 'expectedSign'> & {
  readonly stringToSignSegments: NonNullable<Explanation['stringToSignSegments']>;
};

interface AtlasRow {
  readonly operation: string;
  readonly code: string;
  readonly basis: string;
  readonly decidedBy: readonly string[];
  readonly ways: readonly { readonly way: string; readonly curl: string }[];
}

/** The result code that the last of the commands gets. */
async function codeOf({ api }: Bench, commands: string): Promise<string | undefined> {
  let json: { readonly resultCode?: string; readonly header?: { readonly resultCode: string } } =
    {};
  for (const command of commands.split('\n')) {
    const read = readCapture(command);
    if ('en' in read) return `a command that ${read.en}`;
    const { method = '', path = '', rawHeaders = [], body } = read;
    const call = api[method.toLowerCase() as keyof typeof api](path);
    for (let at = 0; at < rawHeaders.length; at += 2)
      call.set(rawHeaders[at] ?? '', rawHeaders[at + 1] ?? '');
    json = (await (body === '' ? call : call.send(body))).body;
  }
  return json.resultCode ?? json.header?.resultCode;
}

interface Settings {
  readonly capabilities: readonly string[];
  readonly ipWhitelist: Readonly<Record<string, unknown>>;
}
