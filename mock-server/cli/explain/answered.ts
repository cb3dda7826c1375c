/** The carrier's response to a captured request as evidence: the requirements that explain its code, and the age of the token. */

import type { Readings } from '../../../src/protocol/readings.js';
import type { Requirement } from '../../../src/protocol/requirements.js';
import type { Bilingual } from '../../../src/text/bilingual.js';
import { codesOf } from '../../carrier/engine/decide.js';
import { moduleOf } from '../../carrier/engine/operations/operations.js';
import type { CarrierRequest } from '../../carrier/engine/request.js';
import { REQUIREMENTS } from '../../carrier/engine/requirements.js';
import type { RuleSets } from '../../carrier/engine/rules.js';
import { issuedAtOf } from '../../carrier/engine/token-format.js';

export interface CarrierAnswer {
  readonly code: string;
  readonly isSuccess: boolean;
  /** One of them is not met. Empty for a success and for a code that no requirement has. */
  readonly unmet: readonly Requirement[];
  readonly meaning: Bilingual;
}

export interface AnswerInputs {
  readonly request: CarrierRequest;
  readonly readings: Readings;
  readonly rules: RuleSets;
  /** The time of the request; undefined if neither the capture nor the request has it. */
  readonly atMs: number | undefined;
}

export function answeredWith(
  code: string,
  { request, readings, rules, atMs }: AnswerInputs,
): CarrierAnswer {
  const withCode = rules[request.operation].filter((rule) =>
    codesOf(rule, { request, readings }).includes(code),
  );
  const unmet = [...new Set(withCode.map(({ requires }) => requires))];
  const isSuccess = code === moduleOf(request.operation).allMet;
  const { en, zh } = isSuccess ? ALL_MET : meaningOf(unmet);
  // The time of the issue is in the token's text.
  const issuedAtMs = isOfToken(unmet) ? issuedAtOf(request.token ?? '') : undefined;
  const seconds =
    issuedAtMs === undefined || atMs === undefined ? -1 : Math.floor((atMs - issuedAtMs) / 1000);
  const aged = {
    en: `${en}; the token was ${seconds} s old`,
    zh: `${zh}；当时 token 已签发 ${seconds} 秒`,
  };
  // Clocks that disagree show no age.
  return { code, isSuccess, unmet, meaning: seconds < 0 ? { en, zh } : aged };
}

/** The requirements of a token that only the carrier can check. */
export const TOKEN_REQUIREMENTS: readonly Requirement[] = [
  'tokenKnown',
  'tokenOfThisApp',
  'tokenOfThisCapability',
  'tokenLive',
  'tokenUnused',
];

/** Whether a response shows that one of them is not met. */
export function isOfToken(unmet: readonly Requirement[]): boolean {
  return unmet.some((requires) => TOKEN_REQUIREMENTS.includes(requires));
}

const ALL_MET: Bilingual = { en: 'every requirement was met', zh: '各项检查全部通过' };
const UNKNOWN: Bilingual = {
  en: 'no requirement of this operation has this code',
  zh: '这个接口没有哪项检查返回这个码',
};

function meaningOf(unmet: readonly Requirement[]): Bilingual {
  if (unmet.length === 0) return UNKNOWN;
  return {
    en: unmet.map((requires) => `${REQUIREMENTS[requires].unmet.en} (${requires})`).join(', or '),
    zh: unmet.map((requires) => `${REQUIREMENTS[requires].unmet.zh}（${requires}）`).join('；或'),
  };
}
