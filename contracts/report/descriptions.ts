/** The description of a case or scenario in either language: its file has the English, descriptions/<operation>.zh.json the Chinese by id. */
import type { Language } from '../../src/text/bilingual.js';
import { publishedData, stemOf } from '../kit/case-files.js';
import { OPERATIONS } from '../kit/operations.js';
import type { CaseResult } from '../kit/result.js';
import observations from './observations.zh.json' with { type: 'json' };

const CHINESE: Readonly<Record<string, string>> = Object.assign(
  {},
  ...OPERATIONS.map((operation) => publishedData(`descriptions/${stemOf(operation)}.zh.json`)),
);
const OBSERVATIONS: Readonly<Record<string, string>> = observations;

export interface Described {
  readonly id: string;
  readonly description: string;
}

/** English if there is no Chinese description. */
export function descriptionIn({ id, description }: Described, lang: Language): string {
  return lang === 'zh' && Object.hasOwn(CHINESE, id) ? (CHINESE[id] ?? description) : description;
}

/** An observation that cases or scenarios follow. A quotation has no id, and is the same in both languages. */
export function observationIn(
  { sentence, observation }: CaseResult['source'],
  lang: Language,
): string {
  return lang === 'en' || observation === undefined
    ? sentence
    : (OBSERVATIONS[observation] ?? sentence);
}
