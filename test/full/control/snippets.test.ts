/** The programs that get a result code are run unchanged: all of them in Node, in the other languages a selection that covers every part. */
import { execFile } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { DEFAULT_READINGS } from '../../../mock-server/carrier/engine/readings.js';
import { fill } from '../../../mock-server/control-api/atlas/fill-template.js';
import { LANGUAGE_NAMES, LANGUAGES, type Language } from '../../../mock-server/control-api/atlas/languages.js';
import { factsFor, type Selection } from '../../../mock-server/control-api/atlas/program-facts.js';
import type { Snippet } from '../../../src/control/index.js';
import { controlBench, PHONE_NUMBER } from '../../support/control.js';
import { resultCodeOf } from '../../support/endpoints.js';
import { temporaryFolder } from '../../support/files.js';
import { HOSTILE_WORDS } from '../../support/hostile-words.js';
import { send, startMock } from '../../support/mock.js';
import { hasToolchain, nameOf, pathOf, SELECTIONS } from '../../support/snippets.js';

const run = promisify(execFile);

/** Together these rows cover every branch of a template: steps, fields, functions, omissions. */
const SPREAD: readonly (Selection & { readonly shows: string })[] = [
  { operation: 'loginTokenValidate', code: '103000', way: 'genuine', signing: 'rsa', shows: 'a number decrypted' },
  { operation: 'loginTokenValidate', code: '103101', way: 'genuine', signing: 'md5', shows: 'a wrong signature' },
  {
    operation: 'loginTokenValidate',
    code: '103133',
    way: 'genuine',
    signing: 'md5',
    shows: 'the token of another app',
  },
  {
    operation: 'loginTokenValidate',
    code: '103119',
    way: 'genuine',
    signing: 'rsa',
    shows: 'an appid other than that of the keys',
  },
  { operation: 'loginTokenValidate', code: '103412', way: 'genuine', signing: 'md5', shows: 'its own body' },
  { operation: 'loginTokenValidate', code: '103511', way: 'script', signing: 'md5', shows: 'a script' },
  {
    operation: 'loginTokenValidate',
    code: '103811',
    way: 'genuine',
    signing: 'rsa',
    shows: 'a token that was not issued',
  },
  { operation: 'loginTokenValidate', code: '105313', way: 'genuine', signing: 'md5', shows: 'GET' },
  {
    operation: 'tokenValidate',
    code: '001',
    way: 'genuine',
    signing: 'rsa',
    shows: 'another number encrypted',
  },
  { operation: 'tokenValidate', code: '004', way: 'genuine', signing: 'hmac', shows: 'a wrong phoneNum' },
  { operation: 'tokenValidate', code: '303', way: 'genuine', signing: 'hmac', shows: 'its own body' },
  { operation: 'tokenValidate', code: '002', way: 'genuine', signing: 'hmac', shows: 'a test number' },
  { operation: 'tokenValidate', code: '302', way: 'header', signing: 'hmac', shows: 'a header' },
  { operation: 'tokenValidate', code: '606', way: 'magic', signing: 'rsa', shows: 'a magic token' },
];

async function snippetsOf(url: string, selection: Selection, headers = {}) {
  const { status, json, text } = await send(url, 'GET', pathOf(selection), undefined, headers);
  if (status !== 200) throw new Error(text);
  return json.snippets as readonly Snippet[];
}

function inLanguage(snippets: readonly Snippet[], language: Language): Snippet {
  const found = snippets.find((snippet) => snippet.language === language);
  if (found === undefined) throw new Error(`no program in ${language}`);
  return found;
}

/** The end tag of a script, placeholders of PHP and of templates, and a long list of fields. */
const HOSTILE = [
  ...HOSTILE_WORDS.map(({ text }) => text),
  '</script> $x {x} {$x} #{x} %s {{ if app }} // {{ end }} ?> <?php `',
  Array.from({ length: 20 }, (_, at) => `"field${at}":"value"`).join(),
].join(' ');

/** Starts faster: a program that runs once needs no optimizing compiler. */
const QUICK_JAVA = '-XX:TieredStopAtLevel=1 -XX:+UseSerialGC';

/** The lines that the program prints. */
async function linesOf(snippet: Snippet, environment: NodeJS.ProcessEnv = {}): Promise<readonly string[]> {
  const folder = temporaryFolder();
  writeFileSync(join(folder, snippet.file), snippet.text);
  const [command = '', ...args] = snippet.run.split(' ');
  // The mock is on this machine, so it must not be called through a proxy.
  const env = { ...process.env, NO_PROXY: '127.0.0.1', no_proxy: '127.0.0.1', ...environment };
  const { stdout } = await run(command, args, { cwd: folder, env: { ...env, JDK_JAVA_OPTIONS: QUICK_JAVA } });
  return stdout.trimEnd().split('\n');
}

const RUN_ALL = resolve('test/full/control/RunAll.java');

/** The lines that each program prints. */
async function linesOfAll(language: Language, snippets: readonly Snippet[]): Promise<readonly (readonly string[])[]> {
  if (language === 'java') return linesInOneJvm(snippets);
  const printed: (readonly string[])[] = [];
  for (const snippet of snippets) printed.push(await linesOf(snippet));
  return printed;
}

async function linesInOneJvm(snippets: readonly Snippet[]): Promise<readonly (readonly string[])[]> {
  const folders = snippets.map(({ file, text }) => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, file), text);
    return folder;
  });
  const env = { ...process.env, JDK_JAVA_OPTIONS: QUICK_JAVA };
  return printedInTurn((await run('java', [RUN_ALL, ...folders], { env })).stdout);
}

/** The lines after each heading. */
function printedInTurn(stdout: string): readonly (readonly string[])[] {
  const parts = stdout.split('# ').slice(1);
  return parts.map((lines) => lines.trimEnd().split('\n').slice(1));
}

/** A program prints the response with the code, and the decrypted number if it is encrypted. */
function expectedOf({ code, signing }: Selection): readonly unknown[] {
  return code === '103000' && signing === 'rsa' ? [code, PHONE_NUMBER] : [code];
}

function expectCodes(selections: readonly Selection[], printed: readonly (readonly string[])[]): void {
  const read = printed.map(([answer = '', ...rest], at) => [nameOf(selections[at]), resultCodeOf(answer), ...rest]);
  expect(read).toEqual(selections.map((selection) => [nameOf(selection), ...expectedOf(selection)]));
}

describe('in Node', () => {
  test('every program gets its code with the requested signing, for its real cause if it forces no outcome', async () => {
    const { url } = await startMock();
    const folder = temporaryFolder();
    const files: string[] = [];
    for (const selection of SELECTIONS) {
      const file = join(folder, `${selection.code}-${selection.way}-${selection.signing}.mjs`);
      writeFileSync(file, inLanguage(await snippetsOf(url, selection), 'node').text);
      files.push(file);
    }
    const { stdout } = await run(process.execPath, ['--input-type=module', '-e', ONE_AFTER_ANOTHER, ...files]);
    expectCodes(SELECTIONS, printedInTurn(stdout));
    const { json } = await send(url, 'GET', '/_mock/requests?limit=1000');
    const records: readonly Journalled[] = json.requests.toReversed();
    expect(records.map(({ forced }) => forced)).toEqual(SELECTIONS.map(({ way }) => way !== 'genuine'));
    expect(records.map(({ request }) => isSignedByRsa(request.body))).toEqual(SELECTIONS.map(isToBeSignedByRsa));
    const causes: readonly Cause[] = (await send(url, 'GET', '/_mock/result-codes')).json.codes;
    for (const [at, { decidedBy, forced }] of records.entries()) {
      const expected = causes.find(
        ({ operation, code }) => operation === SELECTIONS[at]?.operation && code === SELECTIONS[at]?.code,
      );
      if (!forced) expect(expected?.decidedBy, nameOf(SELECTIONS[at])).toContain(decidedBy);
    }
  });
});

interface Journalled {
  readonly forced: boolean;
  readonly decidedBy: string;
  readonly request: { readonly body: string };
}

interface Cause {
  readonly operation: string;
  readonly code: string;
  readonly decidedBy: readonly string[];
}

const ONE_AFTER_ANOTHER = `
for (const file of process.argv.slice(1)) {
  console.log('# ' + file);
  await import(file);
}`;

function isSignedByRsa(body: string): boolean {
  return body.includes('"encryptionalgorithm":"RSA"') || body.includes('"keyType":"1"');
}

/** A GET and a fixed body are not signed. */
function isToBeSignedByRsa({ code, way, signing }: Selection): boolean {
  return signing === 'rsa' && !(way === 'genuine' && ['103211', '103412', '105313', '303'].includes(code));
}

describe.each(LANGUAGE_NAMES)('in %s', (language) => {
  const hasTools = hasToolchain(language);

  // For Node, the test above runs every program.
  test.skipIf(!hasTools || language === 'node')('each selected program gets its code', async () => {
    const { url } = await startMock();
    const snippets: Snippet[] = [];
    for (const selection of SPREAD) snippets.push(inLanguage(await snippetsOf(url, selection), language));
    expectCodes(SPREAD, await linesOfAll(language, snippets));
  });

  test.skipIf(!hasTools)(
    'a program creates its app again, sends the control token, and uses the control port',
    async () => {
      const controlToken = 'open-sesame';
      const { controlUrl = '' } = await startMock({ controlToken, controlPort: 0 });
      const authorization = `Bearer ${controlToken}`;
      const selection = { operation: 'loginTokenValidate', code: '103211', way: 'script', signing: 'md5' } as const;
      const snippet = inLanguage(await snippetsOf(controlUrl, selection, { authorization }), language);
      for (const time of ['first', 'second']) {
        const [answer = ''] = await linesOf(snippet, { CMPASSPORT_CONTROL_TOKEN: controlToken });
        expect(resultCodeOf(answer), time).toBe('103211');
      }
      await expect(linesOf(snippet, { CMPASSPORT_CONTROL_TOKEN: 'another' })).rejects.toThrow('control token');
    },
  );
});

/** The results of an unchanged template. */
const TEMPLATE_RESULTS = ['103000', '103000', PHONE_NUMBER, '000', '000', '103412', '303', '105313', '303'];

function templateOf(language: Language): Snippet & (typeof LANGUAGES)[number] {
  const row = LANGUAGES.find((known) => known.language === language);
  if (row === undefined) throw new Error(`no template in ${language}`);
  return { ...row, text: readFileSync(`mock-server/control-api/atlas/programs/${row.file}`, 'utf8') };
}

describe.each(LANGUAGE_NAMES)('the template in %s', (language) => {
  const hasTools = hasToolchain(language);

  test.skipIf(!hasTools)('runs unchanged, except for the address of the mock', async () => {
    const { url } = await startMock();
    const template = templateOf(language);
    const text = template.text.replaceAll('http://127.0.0.1:10086', url);
    const lines = await linesOf({ ...template, text });
    expect(lines.map((line) => (line.startsWith('{') ? resultCodeOf(line) : line))).toEqual(TEMPLATE_RESULTS);
  });

  test.skipIf(!hasTools)('sends any value unchanged', async () => {
    const { url } = await startMock();
    const template = templateOf(language);
    const selection = { operation: 'loginTokenValidate', code: '103412', way: 'genuine', signing: 'md5' } as const;
    const target = { url, controlUrl: url, controlToken: undefined, nowMs: 0, readings: DEFAULT_READINGS };
    const subscribers = [{ phoneNumber: PHONE_NUMBER, operator: 'mobile' }] as const;
    const facts = factsFor(selection, { ...target, subscribers, otherApp: undefined });
    const text = fill(template.text, { ...facts, body: HOSTILE }, template);
    await linesOf({ ...template, text });
    const { json } = await send(url, 'GET', '/_mock/requests?limit=1');
    expect(json.requests[0].request.body).toBe(HOSTILE.toWellFormed());
  });
});

test('by default a program forces no outcome, and signs in the mode without keys', async () => {
  const { api } = await controlBench();
  const { body: login } = await api.get('/_mock/result-codes/loginTokenValidate/103000/snippets').expect(200);
  expect(login).toMatchObject({ operation: 'loginTokenValidate', code: '103000', way: 'genuine', signing: 'md5' });
  const { body: verify } = await api.get('/_mock/result-codes/tokenValidate/000/snippets').expect(200);
  expect(verify).toMatchObject({ operation: 'tokenValidate', code: '000', way: 'genuine', signing: 'hmac' });
});

test('the client of the control API returns the programs', async () => {
  const { mock } = await startMock();
  const selection = { operation: 'tokenValidate', code: '606', way: 'script', signing: 'rsa' } as const;
  const { snippets, ...echoed } = await mock.snippets(selection);
  expect(echoed).toEqual(selection);
  expect(snippets.map(({ file, run }) => `${run} ${file}`)).toEqual([
    'java ResultCode.java ResultCode.java',
    'go run result_code.go result_code.go',
    'php result_code.php result_code.php',
    'python3 result_code.py result_code.py',
    'node result-code.mjs result-code.mjs',
  ]);
});

test.each([
  { description: 'an operation', path: 'login/103000', status: 404, message: 'unknown operation "login"' },
  {
    description: 'a code',
    path: 'loginTokenValidate/000',
    status: 404,
    message: 'loginTokenValidate has no result code "000"',
  },
  {
    description: 'a way',
    path: 'tokenValidate/000',
    query: '?way=luck',
    status: 400,
    pointer: '/way',
    message: 'must be one of "genuine", "magic", "header", "script", found "luck"',
  },
  {
    description: 'a signing of the other operation',
    path: 'tokenValidate/000',
    query: '?signing=md5',
    status: 400,
    pointer: '/signing',
    message: 'must be one of "hmac", "rsa", found "md5"',
  },
  {
    description: 'a signing given twice',
    path: 'tokenValidate/000',
    query: '?signing=rsa&signing=rsa',
    status: 400,
    pointer: '/signing',
    message: 'must be given once',
  },
])('an invalid value is refused: $description', async ({ path, query = '', status, pointer, message }) => {
  const { api } = await controlBench();
  const { body } = await api.get(`/_mock/result-codes/${path}/snippets${query}`).expect(status);
  expect(body.pointer).toBe(pointer);
  expect(body.detail).toContain(message);
});

test.each([
  {
    description: 'with a test case',
    persona: undefined,
    lacks: ['002', '003', '999'],
    message: /with `persona` "\w+"\. Use the way/,
  },
  {
    description: 'without a test case',
    persona: 'serviceDown' as const,
    // All codes that need a token of a number.
    lacks: SELECTIONS.map(({ code }) => code).filter(
      (code) => !['103211', '103412', '105313', '303', '999'].includes(code),
    ),
    message: /without `persona`\. Use|with `persona` "\w+"\. Use/,
  },
])(
  'a server without a subscriber $description has the reason for missing programs, and the other ways',
  async ({ persona, lacks, message }) => {
    const subscriber = { phoneNumber: PHONE_NUMBER, operator: 'mobile' as const, ...(persona && { persona }) };
    const { api } = await controlBench({ configuration: { apps: [], subscribers: [subscriber] } });
    for (const selection of SELECTIONS) {
      const { status, body } = await api.get(pathOf(selection));
      const isLacking = selection.way === 'genuine' && lacks.includes(selection.code);
      expect(`${nameOf(selection)} ${status}`).toBe(`${nameOf(selection)} ${isLacking ? 404 : 200}`);
      if (isLacking) expect(body.detail).toMatch(message);
    }
  },
);

test('on a server with verify-rsa-encoding hex, a program sets Base64 for its own app', async () => {
  const { url } = await startMock({ configuration: { readings: { 'verify-rsa-encoding': 'hex' } } });
  const selection = { operation: 'tokenValidate', code: '000', way: 'genuine', signing: 'rsa' } as const;
  const [answer = ''] = await linesOf(inLanguage(await snippetsOf(url, selection), 'node'));
  expect(resultCodeOf(answer)).toBe('000');
});

test('the built server returns the same programs, from the templates in the package', async () => {
  expect(readdirSync('dist/programs').toSorted()).toEqual(LANGUAGES.map(({ file }) => file).toSorted());
  // @ts-expect-error: the built file has no types
  const { createMockServer } = await import('../../../dist/server.js');
  await using built = await createMockServer();
  const { url } = await startMock();
  const selection = { operation: 'tokenValidate', code: '000', way: 'genuine', signing: 'rsa' } as const;
  const [fromSource, fromBuild] = [await snippetsOf(url, selection), await snippetsOf(built.url, selection)];
  expect(JSON.stringify(fromBuild).replaceAll(built.url, url)).toBe(JSON.stringify(fromSource));
});

test('a Host that is not an address is refused, so it cannot inject code', async () => {
  const { api } = await controlBench();
  const path = '/_mock/result-codes/tokenValidate/000/snippets';
  const { body } = await api.get(path).set('Host', "x' + process.exit() + '").expect(400);
  expect(body.detail).toContain('process.exit');
});
