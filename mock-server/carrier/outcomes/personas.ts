/** Test numbers: subscribers whose requests fail, so that a real client receives errors that a healthy carrier does not return. */
import type { Requirement } from '../engine/requirements.js';
import type { Operator } from '../engine/state.js';
import type { Scripts } from './outcome.js';

/** `unmet`: the requirements that fail for a known token of this number, each at its own row of the rules. */
export const PERSONAS = [
  { persona: 'serviceDown', unmet: ['serviceUp'] },
  { persona: 'tokenServiceDown', unmet: ['tokenServiceUp'] },
  { persona: 'numberNotObtained', unmet: ['numberObtained'] },
] as const satisfies readonly { readonly persona: string; readonly unmet: readonly Requirement[] }[];

export type Persona = (typeof PERSONAS)[number]['persona'];

export interface Subscriber {
  readonly phoneNumber: string;
  readonly operator: Operator;
  readonly persona?: Persona;
  /** The outcomes of calls with a token of this number, unless the app has its own scripts for it. */
  readonly scripts?: Scripts;
}

const NONE: readonly Requirement[] = [];

export function unmetByPersona(subscriber: Subscriber | undefined): readonly Requirement[] {
  const name = subscriber?.persona;
  return (name && PERSONAS.find(({ persona }) => persona === name)?.unmet) ?? NONE;
}
