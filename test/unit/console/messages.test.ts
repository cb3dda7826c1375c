/** The page's texts: both languages whole, with the same blanks to fill, and none that nobody says. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { EN } from '../../../mock-server/console/messages/en.js';
import { ZH } from '../../../mock-server/console/messages/zh.js';

const FOLDER = 'mock-server/console';
const SOURCES = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.tsx?$/.test(file) && !file.startsWith('messages') && !file.endsWith('.d.ts'))
  .map((file) => readFileSync(join(FOLDER, file), 'utf8'))
  .join('\n');

const blanks = (text: string) => text.match(/\{\w+\}/g)?.toSorted() ?? [];

test('both languages have the same texts', () => {
  expect(Object.keys(ZH)).toEqual(Object.keys(EN));
});

test.each(Object.entries(EN))('%s has the same blanks in both languages, and is translated', (id, english) => {
  const chinese = ZH[id as keyof typeof EN];
  expect(blanks(chinese)).toEqual(blanks(english));
  expect(chinese.trim()).not.toBe('');
  // Names, such as "appId" or "Token", are the same in both.
  if (/\s/.test(english)) expect(chinese).toMatch(/\p{Script=Han}/u);
});

/** `gates.${outcome}` says `gates.met`. */
const TEMPLATES = Array.from(
  SOURCES.matchAll(/`((?:[\w-]+\.)+\$\{[^`}]+\}[\w.-]*|\$\{name\}\.\w+)`/g),
  ([, template = '']) => new RegExp(`^${template.replaceAll('.', '\\.').replace(/\$\{[^}]*\}/g, '[\\w.-]+')}$`),
);

test.each(Object.keys(EN))('somebody says %s', (id) => {
  const isSaid = [`'${id}'`, `"${id}"`].some((text) => SOURCES.includes(text));
  expect(isSaid || TEMPLATES.some((template) => template.test(id))).toBe(true);
});
