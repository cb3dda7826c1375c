/** The known mistakes: what is wrong and how to fix it, with the values of an example, and the codes that they lead to. */
import { OPERATIONS } from '../../src/protocol/operations.js';
import { type Bilingual, bilingual, joined, LIST_COMMA } from '../../src/text/bilingual.js';
import { type FindingRow, inLanguage } from '../explain/finding.js';
import { FINDINGS } from '../explain/findings.js';
import { codeLink } from './codes.js';
import { type Entry, escaped, inBrackets, labelled } from './entry.js';
import { codesOfMistake, MISTAKE_SAMPLES } from './mistake-samples.js';

function mistakeEntry(row: FindingRow): Entry {
  const evidence = MISTAKE_SAMPLES[row.id]?.evidence ?? {};
  const shown = { row, evidence, role: 'cause' } as const;
  return {
    id: row.id,
    title: row.title,
    lines: [bilingual((language) => escaped(inLanguage(shown, language).detail)), codesLine(row)],
  };
}

const LEADS_TO: Bilingual = { en: 'Leads to', zh: '返回码' };
const REMARK: Bilingual = {
  en: 'A remark: the request works here, and may fail at the carrier.',
  zh: '只是提示：在这里能通过，在移动认证平台可能被拒。',
};

function codesLine({ id }: FindingRow): Bilingual {
  const lists = OPERATIONS.flatMap(({ operation }) => {
    const links = codesOfMistake(id, operation).map(codeLink);
    return links.length === 0 ? [] : [inBrackets(joined(links, LIST_COMMA), operation)];
  });
  if (lists.length === 0) return REMARK;
  return labelled(LEADS_TO, joined(lists, LIST_COMMA));
}

export const MISTAKE_ENTRIES: readonly Entry[] = FINDINGS.map(mistakeEntry);
