/** What users see, in groups: a heading for each. */
import { SYMPTOM_GROUPS } from '../../mock-server/lookup/symptoms.js';
import type { Language } from '../../src/text/bilingual.js';
import { entries } from './codes.js';

export function symptoms(language: Language): string {
  return SYMPTOM_GROUPS.map(
    (group) => `## ${group.title[language]}\n\n${entries(group.entries, language)}`,
  ).join('\n');
}
