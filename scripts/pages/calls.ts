/** The calls of the control API: one row for each id. */

import TEXTS from '../../mock-server/control-api/call-texts.json' with { type: 'json' };
import { ROUTES } from '../../mock-server/control-api/routes.js';
import type { Who } from '../../src/control/calls/calls.js';
import type { Bilingual, Language } from '../../src/text/bilingual.js';
import { code, table } from './markdown.js';

const HEAD = { en: ['Call', 'Token', 'Does'], zh: ['调用', '令牌', '作用'] };
/** The control token that is required if there is one. The server's is always accepted. */
const TOKENS: Readonly<Record<Who, Bilingual>> = {
  anyone: { en: 'none', zh: '不需要' },
  server: { en: 'server', zh: '服务' },
  path: { en: 'app', zh: '应用' },
  query: { en: 'app', zh: '应用' },
  body: { en: 'app', zh: '应用' },
  request: { en: 'app', zh: '应用' },
};
const WORDS: Readonly<Record<string, Bilingual>> = TEXTS;

export function calls(language: Language, ids: string): string {
  return table(
    HEAD[language],
    ids.split(' ').map((id) => {
      const route = ROUTES.find((each) => each.id === id);
      const words = WORDS[id];
      if (route === undefined || words === undefined)
        throw new Error(`the control API has no call ${id}, or call-texts.json has no text for it`);
      const called = code(`${route.method.toUpperCase()} ${route.path}`);
      return [called, TOKENS[route.who][language], words[language]];
    }),
  );
}
