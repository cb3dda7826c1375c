/** The texts of the programs that get a result code are formatted, reproducible and minimal. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { LANGUAGE_NAMES, type Language } from '../../../mock-server/control-api/atlas/languages.js';
import type { Selection } from '../../../mock-server/control-api/atlas/program-facts.js';
import type { Snippet } from '../../../src/control/index.js';
import { type Bench, controlBench } from '../../support/control.js';
import { temporaryFolder } from '../../support/files.js';
import { hasToolchain, nameOf, pathOf, SELECTIONS } from '../../support/snippets.js';

interface Printed extends Snippet {
  readonly selection: Selection;
}

async function printedBy({ api }: Bench, authorization = ''): Promise<Printed[]> {
  const printed: Printed[] = [];
  for (const selection of SELECTIONS) {
    const { body } = await api
      .get(pathOf(selection))
      .set('Host', 'mock.test')
      .set('Authorization', authorization)
      .expect(200);
    expect(body).toMatchObject(selection);
    expect(body.snippets.map(({ language }: Snippet) => language)).toEqual(LANGUAGE_NAMES);
    printed.push(...body.snippets.map((snippet: Snippet) => ({ ...snippet, selection })));
  }
  return printed;
}

let all: readonly Printed[] = [];
let later: readonly Printed[] = [];
beforeAll(async () => {
  const bench = await controlBench();
  all = await printedBy(bench);
  bench.clock.nowMs += 1;
  later = await printedBy(bench);
});

const programsWith = (holds: (printed: Printed) => boolean) =>
  all.filter(holds).map(({ selection, language }) => `${nameOf(selection)} ${language}`);

test('a program is the same each time', () => {
  expect(later).toEqual(all);
});

test('no line ends with white space or exceeds 120 characters, and the text ends with one line feed', () => {
  expect(programsWith(({ text }) => /[ \t\r]$/m.test(text) || !/[^\n]\n$/.test(text))).toEqual([]);
  expect(programsWith(({ text }) => text.split('\n').some((line) => line.length > 120))).toEqual([]);
});

test('a program has no code of another way or signing mode', () => {
  const hasScript = ({ text }: Printed) => text.includes('/outcomes/');
  // A colon in languages that write a header as one string.
  const hasHeader = ({ text }: Printed) => /X-Mock-Result-Code['":]/.test(text);
  expect(programsWith((one) => hasScript(one) !== (one.selection.way === 'script'))).toEqual([]);
  expect(programsWith((one) => hasHeader(one) !== (one.selection.way === 'header'))).toEqual([]);
  expect(
    programsWith(({ text, selection }) => selection.signing !== 'rsa' && /rsa(?!pi)|openssl|PrivateKey/i.test(text)),
  ).toEqual([]);
  expect(
    programsWith(({ text, selection }) => selection.signing === 'rsa' && /hmac|md5_?hex|sha256_?hex/i.test(text)),
  ).toEqual([]);
});

test('every constant is used', () => {
  const constants = /^\s*(?:static final String|const) ([A-Z][A-Z_]+) =|^([A-Z][A-Z_]+) = "/gm;
  const hasUnusedConstant = ({ text }: Printed) =>
    Array.from(text.matchAll(constants), ([, one, other]) => one ?? other ?? '').some(
      (name) => text.split(new RegExp(`\\b${name}\\b`)).length < 3,
    );
  expect(programsWith(hasUnusedConstant)).toEqual([]);
  expect(all.find(({ language }) => language === 'java')?.text).toMatch(constants);
});

/** The import lines of a language, and how its code uses an imported name. */
const IMPORTS: readonly {
  readonly language: Language;
  readonly line: RegExp;
  readonly usedAs: (name: string) => string;
}[] = [
  { language: 'java', line: /^import [\w.]+\.(\w+);$/gm, usedAs: (name) => `\\b${name}\\b` },
  { language: 'go', line: /^\t"(?:\w+\/)?(\w+)"$/gm, usedAs: (name) => `\\b${name}\\.` },
  { language: 'python', line: /^import ([\w.]+)$/gm, usedAs: (name) => `\\b${name}\\.` },
];

test.each(IMPORTS)('in $language a program imports exactly the names that it uses', ({ language, line, usedAs }) => {
  const importedBy = ({ text }: Printed) => Array.from(text.matchAll(line), ([, name = '']) => name);
  const programs = all.filter((printed) => printed.language === language);
  const known = [...new Set(programs.flatMap(importedBy))];
  expect(known.length).toBeGreaterThan(8);
  for (const program of programs) {
    const code = program.text.replace(/^\s*(?:\/\/|\/\*\*|#|""").*$/gm, '').replace(line, '');
    const used = known.filter((name) => new RegExp(usedAs(name)).test(code));
    expect(importedBy(program).toSorted(), nameOf(program.selection)).toEqual(used.toSorted());
  }
});

test('a program contains no control token, and names the variable for it', async () => {
  const guarded = await printedBy(await controlBench({ controlToken: 'open-sesame' }), 'Bearer open-sesame');
  for (const { text, selection } of guarded) {
    expect(text).not.toContain('open-sesame');
    const callsMock = /\/_mock['"]/.test(text);
    expect(text.includes('CMPASSPORT_CONTROL_TOKEN'), nameOf(selection)).toBe(callsMock);
    expect(text.includes('requires its control token'), nameOf(selection)).toBe(callsMock);
  }
  expect(programsWith(({ text }) => /control.?token/i.test(text))).toEqual([]);
});

test.skipIf(!hasToolchain('go') || spawnSync('gofmt', ['-h']).error !== undefined)(
  'Go programs are formatted by gofmt',
  () => {
    const folder = temporaryFolder();
    for (const { text, selection } of all.filter(({ language }) => language === 'go')) {
      const own = join(folder, `${selection.code}-${selection.way}-${selection.signing}`);
      mkdirSync(own);
      writeFileSync(join(own, 'result_code.go'), text);
    }
    const template = 'mock-server/control-api/atlas/programs/result_code.go';
    expect(spawnSync('gofmt', ['-l', folder, template], { encoding: 'utf8' })).toMatchObject({
      status: 0,
      stdout: '',
      stderr: '',
    });
  },
);
