/** The carrier's response to a captured request as evidence: the requirements that explain its code, and the age of the token. */
import type { Bilingual } from '../../../src/text/bilingual.js';
import { codesOf } from '../../carrier/engine/decide.js';
import { moduleOf } from '../../carrier/engine/operations/operations.js';
import type { Readings } from '../../carrier/engine/readings.js';
import type { CarrierRequest } from '../../carrier/engine/request.js';
import { REQUIREMENTS, type Requirement } from '../../carrier/engine/requirements.js';
import type { RuleSets } from '../../carrier/engine/rules.js';
import { issuedAtOf } from '../../carrier/engine/token-format.js';

export interface Answered {
  readonly code: string;
  readonly isSuccess: boolean;
  /** One of them is not met. Empty for a success and for a code that no requirement has. */
  readonly unmet: readonly Requirement[];
  readonly meaning: Bilingual;
}

interface AnsweredInputs {
  readonly request: CarrierRequest;
  readonly readings: Readings;
  readonly rules: RuleSets;
  /** The time of the request; undefined if neither the capture nor the request has it. */
  readonly atMs: number | undefined;
}

export function answeredWith(code: string, { request, readings, rules, atMs }: AnsweredInputs): Answered {
  const { allMet } = moduleOf(request.operation);
  const withCode = rules[request.operation].filter((rule) => codesOf(rule, { request, readings }).includes(code));
  const unmet = [...new Set(withCode.map(({ requires }) => requires))];
  const isSuccess = code === allMet;
  const ageMs = unmet.some((requires) => TOKEN_REQUIREMENTS.includes(requires))
    ? ageOf(request.token, atMs)
    : undefined;
  return { code, isSuccess, unmet, meaning: withAge(isSuccess ? ALL_MET : meaningOf(unmet), ageMs) };
}

/** The requirements of a token that only the carrier can check. */
export const TOKEN_REQUIREMENTS: readonly Requirement[] = [
  'tokenKnown',
  'tokenOfThisApp',
  'tokenOfThisCapability',
  'tokenLive',
  'tokenUnused',
];

/** Whether the response shows that one of them is not met. */
export function isTokenRefused(answered: Answered | undefined): boolean {
  return answered?.unmet.some((requires) => TOKEN_REQUIREMENTS.includes(requires)) === true;
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

/** The time since the issue, which is in the token's text; undefined if a time is missing, or if the clocks disagree. */
function ageOf(token: string | undefined, atMs: number | undefined): number | undefined {
  const issuedAtMs = issuedAtOf(token ?? '');
  const ageMs = issuedAtMs === undefined || atMs === undefined ? -1 : atMs - issuedAtMs;
  return ageMs < 0 ? undefined : ageMs;
}

const SECOND_MS = 1000;

function withAge({ en, zh }: Bilingual, ageMs: number | undefined): Bilingual {
  if (ageMs === undefined) return { en, zh };
  const seconds = Math.floor(ageMs / SECOND_MS);
  return { en: `${en}; the token was ${seconds} s old`, zh: `${zh}；当时 token 已签发 ${seconds} 秒` };
}
