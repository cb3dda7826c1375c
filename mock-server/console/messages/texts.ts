/** All texts of the page, by language. The build puts those of each language into a file of its own. */
import type { Bilingual, Language } from '../../../src/text/bilingual.js';
import APPS from './apps.json' with { type: 'json' };
import COMMON from './common.json' with { type: 'json' };
import HANDSET from './handset.json' with { type: 'json' };
import OPERATIONS from './operations.json' with { type: 'json' };
import OUTCOMES from './outcomes.json' with { type: 'json' };
import REQUESTS from './requests.json' with { type: 'json' };

const MESSAGES = {
  ...COMMON,
  ...OPERATIONS,
  ...REQUESTS,
  ...HANDSET,
  ...APPS,
  ...OUTCOMES,
} as const satisfies Readonly<Record<string, Bilingual>>;

export type MessageId = keyof typeof MESSAGES;

export function textsIn(language: Language): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(MESSAGES).map(([id, text]) => [id, text[language]]));
}
