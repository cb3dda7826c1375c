/** The calls of the control API: one row for each id. */

import TEXTS from '../../mock-server/control-api/call-texts.json' with { type: 'json' };
import { ROUTES } from '../../mock-server/control-api/routes.js';
import type { Bilingual, Language } from '../../src/text/bilingual.js';
import { code, table } from './markdown.js';

const HEAD = { en: ['Call', 'Does'], zh: ['调用', '作用'] };
const WORDS: Readonly<Record<string, Bilingual>> = TEXTS;

export function calls(language: Language, ids: string): string {
  return table(
    HEAD[language],
    ids.split(' ').map((id) => {
      const route = ROUTES.find((each) => each.id === id);
      const words = WORDS[id];
      if (route === undefined || words === undefined)
        throw new Error(`the control API has no call ${id}, or call-texts.json has no text for it`);
      return [code(`${route.method.toUpperCase()} ${route.path}`), words[language]];
    }),
  );
}
