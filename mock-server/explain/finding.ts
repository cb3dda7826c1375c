/** A known mistake as a row, with the requirements that it breaks; and a mistake that was found in a request. */

import type { Requirement } from '../../src/protocol/requirements.js';
import {
  type Bilingual,
  filledIn,
  type Language,
  LIST_COMMA,
  type Words,
  wordsIn,
} from '../../src/text/bilingual.js';
import { printable } from '../../src/text/printable.js';
import type { Missing } from './repair/missing.js';
import type { Subject, ToCalculate } from './subject.js';

/** A text of the mock in both languages; or a name, a code or a received text, which has no language. */
export type Text = Words;

/**
 * The evidence. `field` is the wire name of the documented field or header, `received` what was sent, `expected` what is
 * correct, and `text` the exact text that reproduces it. A finding may add other names.
 */
export interface Evidence {
  readonly field?: string;
  readonly received?: string;
  readonly expected?: Text;
  readonly text?: string;
  /** The id of the reading that accepts it here. */
  readonly acceptedBy?: string;
  readonly [name: string]: Text | number | readonly string[] | undefined;
}

/** Evidence in one language. */
export interface ShownEvidence extends Evidence {
  readonly expected?: string;
  readonly [name: string]: string | number | readonly string[] | undefined;
}

/** A sentence that is used if the evidence has a value named `ifPresent`. */
export interface ConditionalText {
  readonly ifPresent: string;
  readonly detail: Bilingual;
}

/** The id of a finding, and its texts. */
export interface FindingWords {
  readonly id: string;
  /**
   * The texts of the evidence that a log may show: all, or the names of those that a client cannot choose. None may contain
   * a token, a phone number or a secret. Numbers, names of documented fields and the mock's own texts are always shown.
   */
  readonly inLog?: true | readonly string[];
  /** The finding may describe a normal result rather than a mistake. */
  readonly mayBeRight?: true;
  readonly title: Bilingual;
  /** `{name}` is replaced by the value of that name in the evidence. */
  readonly detail: Bilingual;
  /** Replaces the detail if the evidence has its name. The first match applies. */
  readonly instead?: readonly ConditionalText[];
  /** Added to the detail if the evidence has its name. */
  readonly addition?: ConditionalText;
}

interface FoundRow extends FindingWords {
  /** One evidence for each occurrence of the mistake; none if the request does not have it. */
  readonly detect: (subject: Subject) => readonly Evidence[];
  /** Mistakes in one calculation: it is only right without all of them. */
  readonly together?: keyof ToCalculate;
  /** Marks a general finding. It is dropped if a specific one is about the same field, or if one of these was found. */
  readonly generalTo?: readonly string[];
  /** The findings that are dropped if this one was found. */
  readonly covers?: readonly string[];
}

/** A mistake that explains why a request was refused. */
export interface CauseRow extends FoundRow {
  /** The requirements of which the mistake is a cause if they are not met. */
  readonly explains: readonly [Requirement, ...Requirement[]];
  /** The request without the mistake, or with the setting that allows it. */
  readonly repair: Repair | typeof ANOTHER_REQUEST;
}

/** A mistake that explains no refusal: it only gets remarks. */
interface RemarkRow extends FoundRow {
  readonly explains: readonly [];
  readonly repair?: undefined;
}

export type FindingRow = CauseRow | RemarkRow;

/** Whether the mistake is a cause if this requirement is not met. */
export function explainsUnmet({ explains }: FindingRow, requires: Requirement): boolean {
  return explains.some((one) => one === requires);
}

export type Repair = (subject: Subject, evidence: Evidence) => Subject | Missing;

/** No repair: the whole request is foreign or empty, so nothing else about it matters. */
export const ANOTHER_REQUEST = 'another request';

/** A cause explains the refusal: without its repair, the result stays. A remark is about anything else, which a later check or the carrier may refuse. */
export type Role = 'cause' | 'remark';

export interface DetectedFinding {
  readonly row: FindingRow;
  readonly evidence: Evidence;
  readonly role: Role;
}

/** A finding in one language. */
export interface ShownFinding {
  readonly id: string;
  readonly role: Role;
  readonly title: string;
  readonly detail: string;
  readonly evidence: ShownEvidence;
}

// Evidence has the complete text; a sentence shows only its beginning and end.
const SHOWN_LENGTH_MAX = 80;
// No list of ours is longer, but a form can have thousands of fields.
const SHOWN_ITEMS_MAX = 20;

export function inLanguage(
  { row, evidence: found, role }: DetectedFinding,
  language: Language,
): ShownFinding {
  const evidence: ShownEvidence = Object.fromEntries(
    Object.entries(found).map(([name, value]) => [
      name,
      isText(value) ? wordsIn(value, language) : value,
    ]),
  );
  const text = textsFor(row, found)
    .map((words) => words[language])
    .join('');
  const detail = filledIn(text, (name) => printable(shown(evidence[name], language)));
  return { id: row.id, role, title: row.title[language], detail, evidence };
}

/** The texts of the detail for this evidence, without their values. */
export function textsFor(
  { detail, instead = [], addition }: FindingWords,
  evidence: Evidence,
): readonly Bilingual[] {
  const isPresent = ({ ifPresent }: ConditionalText) => evidence[ifPresent] !== undefined;
  const main = instead.find(isPresent)?.detail ?? detail;
  return addition !== undefined && isPresent(addition) ? [main, addition.detail] : [main];
}

function isText(value: Evidence[string]): value is Text {
  return typeof value === 'string' || (typeof value === 'object' && 'en' in value);
}

/** Each item of a list is shortened by itself. Quotes make an item of white space visible. */
function shown(value: ShownEvidence[string], language: Language): string {
  if (!Array.isArray(value)) return shortened(String(value ?? ''));
  const items = value
    .slice(0, SHOWN_ITEMS_MAX)
    .map((item: string) => (item.trim() === '' ? `"${item}"` : shortened(item)));
  return [...items, ...(value.length > SHOWN_ITEMS_MAX ? ['…'] : [])].join(LIST_COMMA[language]);
}

function shortened(text: string): string {
  const half = SHOWN_LENGTH_MAX / 2;
  return text.length > SHOWN_LENGTH_MAX ? `${text.slice(0, half)}…${text.slice(-half)}` : text;
}

export const YES: Bilingual = { en: 'yes', zh: '是' };
export const NO: Bilingual = { en: 'no', zh: '否' };
export const HEX: Bilingual = { en: 'hex', zh: '十六进制' };

export function hexOf(length: number): Bilingual {
  return { en: `${length} hex digits`, zh: `${length} 位十六进制` };
}

export function upperHexOf(length: number): Bilingual {
  return { en: `${length} upper-case hex digits`, zh: `${length} 位大写十六进制` };
}

export function base64Of(length: number): Bilingual {
  return { en: `${length} Base64 characters`, zh: `${length} 位 Base64` };
}
