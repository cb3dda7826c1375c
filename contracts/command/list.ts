/** `--list`: the selected cases, a line each. */

import type { Language } from '../../src/text/bilingual.js';
import { columns } from '../../src/text/printable.js';
import { type Described, descriptionIn } from '../report/descriptions.js';
import { padded } from '../report/text.js';

export interface ListedCase extends Described {
  readonly level: string;
}

export function listText(cases: readonly ListedCase[], lang: Language): string {
  const width = Math.max(...cases.map(({ id }) => columns(id)));
  return cases.map((one) => `${padded(one.id, width)}  ${one.level.padEnd(6)}  ${descriptionIn(one, lang)}\n`).join('');
}
