/** The page's texts: both languages have the same placeholders, and every text is used. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import APPS from '../../../mock-server/console/messages/apps.json' with { type: 'json' };
import COMMON from '../../../mock-server/console/messages/common.json' with { type: 'json' };
import HANDSET from '../../../mock-server/console/messages/handset.json' with { type: 'json' };
import OPERATIONS from '../../../mock-server/console/messages/operations.json' with {
  type: 'json',
};
import OUTCOMES from '../../../mock-server/console/messages/outcomes.json' with { type: 'json' };
import REQUESTS from '../../../mock-server/console/messages/requests.json' with { type: 'json' };
import type { Bilingual } from '../../../src/text/bilingual.js';

const FOLDER = 'mock-server/console';
const SOURCES = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.tsx?$/.test(file) && !file.startsWith('messages') && !file.endsWith('.d.ts'))
  .map((file) => readFileSync(join(FOLDER, file), 'utf8'))
  .join('\n');

const placeholders = (text: string) => text.match(/\{\w+\}/g)?.toSorted() ?? [];

const PAGES = [COMMON, OPERATIONS, REQUESTS, HANDSET, APPS, OUTCOMES];
const MESSAGES = Object.assign({}, ...PAGES) as Readonly<Record<string, Bilingual>>;

test('no id is on two pages', () => {
  expect(Object.keys(MESSAGES)).toHaveLength(
    PAGES.reduce((count, page) => count + Object.keys(page).length, 0),
  );
});

test.each(Object.entries(MESSAGES))(
  '%s has the same placeholders in both languages, and is translated',
  (_, { en, zh }) => {
    expect(placeholders(zh)).toEqual(placeholders(en));
    expect(zh.trim()).not.toBe('');
    // Names, such as "appId" or "Token", are the same in both.
    if (/\s/.test(en)) expect(zh).toMatch(/\p{Script=Han}/u);
  },
);

/** Ids that the sources build: `gates.${outcome}` matches `gates.met`. */
const TEMPLATES = Array.from(
  SOURCES.matchAll(/`((?:[\w-]+\.)+\$\{[^`}]+\}[\w.-]*|\$\{name\}\.\w+)`/g),
  ([, template = '']) =>
    new RegExp(`^${template.replaceAll('.', '\\.').replace(/\$\{[^}]*\}/g, '[\\w.-]+')}$`),
);

test('every text is used', () => {
  const isUsed = (id: string) =>
    [`'${id}'`, `"${id}"`].some((text) => SOURCES.includes(text)) ||
    TEMPLATES.some((template) => template.test(id));
  expect(Object.keys(MESSAGES).filter((id) => !isUsed(id))).toEqual([]);
});
