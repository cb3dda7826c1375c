/** A known mistake as a row, and one that a request was seen to make. */
import type { Bilingual, Language } from '../../src/protocol/bilingual.js';
import type { Requirement } from '../carrier/engine/decision.js';
import type { Subject } from './subject.js';

/** Words of ours in both languages; or a name, a code or a text that was sent, which no language changes. */
export type Text = string | Bilingual;

/**
 * What was seen. `field` is the documented field (by its wire name) or header that is concerned, `received` what was
 * sent, `expected` what is due, `text` the exact text that reproduces it; a finding adds names of its own.
 */
export interface Evidence {
  readonly field?: string;
  readonly received?: string;
  readonly expected?: Text;
  readonly text?: string;
  /** The reading by which it is accepted here. */
  readonly acceptedBy?: string;
  readonly [name: string]: Text | number | readonly string[] | undefined;
}

/** The same in one language. */
export interface ShownEvidence extends Evidence {
  readonly expected?: string;
  readonly [name: string]: string | number | readonly string[] | undefined;
}

/** A sentence that depends on the evidence. */
export interface Addition {
  readonly where: string;
  readonly detail: Bilingual;
}

export interface FindingRow {
  readonly id: string;
  /**
   * The texts of the evidence that a log may show, where no token, number or secret may be seen: all, or the names of
   * those that a client cannot choose. Numbers, the names of documented fields and our own words may stand there anyway.
   */
  readonly inLog?: true | readonly string[];
  /** It need not be a mistake: the answer may be just what it is for. */
  readonly mayBeRight?: true;
  /** The requirements that this mistake leaves unmet: it comes first where one of them decided. None for what is only a warning. */
  readonly explains: readonly Requirement[];
  readonly title: Bilingual;
  /** `{name}` stands for what the evidence has under that name. */
  readonly detail: Bilingual;
  /** Replaces the detail if the evidence has something under the name; the first that applies. */
  readonly instead?: readonly Addition[];
  /** Is added to the detail if the evidence has something under the name. */
  readonly besides?: Addition;
  /** One evidence for each time that the mistake is made; none where it is not. */
  readonly detect: (subject: Subject) => readonly Evidence[];
  /** Dropped where a finding that is not general concerns the same field, or where one of these holds. */
  readonly generalTo?: readonly string[];
  /** The findings that are dropped where this one holds. */
  readonly covers?: readonly string[];
}

/** A cause explains the refusal. A remark is about anything else: what a later check refuses, or the carrier may. */
export type Role = 'cause' | 'remark';

/** One mistake, found. */
export interface Found {
  readonly row: FindingRow;
  readonly evidence: Evidence;
  readonly role: Role;
}

/** A finding as it is shown. */
export interface Finding {
  readonly id: string;
  readonly role: Role;
  readonly title: string;
  readonly detail: string;
  readonly evidence: ShownEvidence;
}

// Long texts are whole in the evidence; a sentence shows their beginning and end.
const SHOWN_LENGTH_MAX = 80;
const PLACEHOLDER = /\{(\w+)\}/g;

export function inLanguage({ row, evidence: found, role }: Found, language: Language): Finding {
  const { id, title, instead = [], besides } = row;
  const evidence = evidenceIn(found, language);
  const { detail } = instead.find(({ where }) => evidence[where] !== undefined) ?? row;
  const more = besides !== undefined && evidence[besides.where] !== undefined ? besides.detail[language] : '';
  const text = (detail[language] + more).replace(PLACEHOLDER, (_, name: string) => shortened(evidence[name]));
  return { id, role, title: title[language], detail: text, evidence };
}

function evidenceIn(evidence: Evidence, language: Language): ShownEvidence {
  return Object.fromEntries(
    Object.entries(evidence).map(([name, value]) => [name, isText(value) ? textIn(value, language) : value]),
  );
}

function isText(value: Evidence[string]): value is Text {
  return typeof value === 'string' || (typeof value === 'object' && 'en' in value);
}

export function textIn(text: Text, language: Language): string {
  return typeof text === 'string' ? text : text[language];
}

function shortened(value: ShownEvidence[string]): string {
  const text = Array.isArray(value) ? value.join(', ') : String(value ?? '');
  const half = SHOWN_LENGTH_MAX / 2;
  return text.length > SHOWN_LENGTH_MAX ? `${text.slice(0, half)}…${text.slice(-half)}` : text;
}
