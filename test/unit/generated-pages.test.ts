/** The generated parts of the pages are those of the tables of the code, and each row has one heading. */
import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { ROUTES } from '../../mock-server/control-api/routes.js';
import { pageFiles } from '../../scripts/pages/generated.js';
import { NAMED_TESTS } from '../../scripts/pages/green-run.js';
import { samplesFile } from '../../scripts/pages/mistake-samples.js';
import { TABLES } from '../../scripts/pages/tables.js';
import { anchorsIn } from '../support/pages.js';

const PAGES = pageFiles();

test('the examples of mistakes are those of test/mistakes: npm run pages', () => {
  const [path, text] = samplesFile();
  expect(readFileSync(path, 'utf8')).toBe(text);
});

test.each(PAGES)('%s is current: npm run pages', (file, text) => {
  expect(readFileSync(file, 'utf8')).toBe(text);
});

test('each table is on a page', () => {
  const parts = PAGES.flatMap(([, text]) => Array.from(text.matchAll(/<!-- from: (\S+)/g)));
  const used = new Set(parts.map(([, name]) => name));
  expect([...used].toSorted()).toEqual(Object.keys(TABLES).toSorted());
});

test.each(['codes', 'mistakes', 'problems', 'readings'])('%s has no heading twice', (page) => {
  for (const suffix of ['.md', '.zh-CN.md']) {
    const anchors = anchorsIn(readFileSync(`docs/reference/${page}${suffix}`, 'utf8'));
    expect(anchors.filter((anchor) => /-1$/.test(anchor))).toEqual([]);
  }
});

test('the page of the control API has each call once', () => {
  const page = readFileSync('docs/reference/control-api.md', 'utf8');
  const lists = Array.from(page.matchAll(/<!-- from: calls ([^>]*) -->/g), ([, ids = '']) => ids);
  const named = lists.flatMap((ids) => ids.split(' '));
  expect(named.toSorted()).toEqual(ROUTES.map(({ id }) => id).toSorted());
});

test('the tests that prove a promise exist', () => {
  expect(NAMED_TESTS.filter((file) => !/\.test\.ts$/.test(file) || !existsSync(file))).toEqual([]);
});
