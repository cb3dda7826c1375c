/** An explanation has the secrets of apps whole only in the fields of the string to sign. */
import { expect } from 'vitest';
import type { Explanation } from '../../mock-server/explain/explain.js';
import { report } from '../../mock-server/explain/report.js';
import type { Language } from '../../src/text/bilingual.js';
import { SETTINGS } from './engine.js';
import { MISTAKES } from './mistakes.js';

/** What a person copies to sign, and the text to compare it with. */
const WHOLE_IN = ['stringToSign', 'stringToSignSegments', 'signedString', 'signedStringSegments'];

const SECRETS = [
  ...[SETTINGS.appKey, SETTINGS.appSecret],
  ...MISTAKES.flatMap(({ rows }) => rows).flatMap(({ app = {}, other = {} }) =>
    [app.appKey, app.appSecret, other.appKey, other.appSecret].filter(
      (secret) => secret !== undefined,
    ),
  ),
];

/** Neither the JSON nor the text shows a whole secret elsewhere. */
export function expectNoSecret(explanation: Explanation, language: Language): void {
  const text = report(
    { explanation, method: 'POST', path: '/' },
    { language, colour: false, verbose: true },
  );
  const masked = Object.entries(explanation).filter(([name]) => !WHOLE_IN.includes(name));
  expect(secretsIn(JSON.stringify(masked)), 'secrets in the JSON').toEqual([]);
  expect(
    secretsIn(text.replaceAll(explanation.stringToSign ?? '', '')),
    'secrets in the text',
  ).toEqual([]);
}

function secretsIn(text: string): readonly string[] {
  return SECRETS.filter((secret) => text.includes(secret));
}
