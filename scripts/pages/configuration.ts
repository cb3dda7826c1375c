/** The keys of the configuration file, as its schema has them. */
import { CONFIGURATION_SCHEMA } from '../../mock-server/schemas/schemas.js';
import type { Schema } from '../../src/control/calls/notation.js';
import { isObject } from '../../src/protocol/json.js';
import type { Bilingual, Language } from '../../src/text/bilingual.js';
import WORDS from './configuration-words.json' with { type: 'json' };
import { code, table } from './markdown.js';

const HEAD = { en: ['Key', 'Meaning', 'Default'], zh: ['键', '含义', '默认'] };

interface KeyWords {
  readonly meaning: Bilingual;
  readonly default: Bilingual;
}

const PROPERTIES: Readonly<Record<string, Schema>> = CONFIGURATION_SCHEMA.properties;
const KEYS: Readonly<Record<string, KeyWords>> = WORDS;

export function configuration(language: Language): string {
  const names = Object.entries(PROPERTIES).flatMap(([key, schema]) => {
    const own = schema['properties'];
    return key === 'lifetimes' && isObject(own)
      ? Object.keys(own).map((name) => `${key}.${name}`)
      : [key];
  });
  return table(
    HEAD[language],
    names.map((name) => {
      const words = KEYS[name];
      if (words === undefined)
        throw new Error(`scripts/pages/configuration-words.json has no words for ${name}`);
      return [code(name), words.meaning[language], words.default[language]];
    }),
  );
}
