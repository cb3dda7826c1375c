/** Personas: subscribers with a story, so that a real client gets an answer that a healthy carrier would not give. */
import type { Requirement } from '../engine/decision.js';
import type { Operator } from '../engine/state.js';
import type { NumberScripts } from './outcome.js';

interface PersonaRow {
  readonly persona: string;
  /** The requirements that a known token of such a number leaves unmet, each at its own row of the rules. */
  readonly unmet: readonly Requirement[];
}

export const PERSONAS = [
  { persona: 'serviceDown', unmet: ['serviceUp'] },
  { persona: 'tokenServiceDown', unmet: ['tokenServiceUp'] },
  { persona: 'numberNotObtained', unmet: ['numberObtained'] },
] as const satisfies readonly PersonaRow[];

export type Persona = (typeof PERSONAS)[number]['persona'];

export interface Subscriber {
  readonly phoneNumber: string;
  readonly operator: Operator;
  readonly persona?: Persona;
  /** What is answered to calls with a token of the number, unless the app has other scripts for it. */
  readonly scripts?: NumberScripts;
}

const NONE: readonly Requirement[] = [];

export function unmetByPersona(subscriber: Subscriber | undefined): readonly Requirement[] {
  return PERSONAS.find(({ persona }) => persona === subscriber?.persona)?.unmet ?? NONE;
}
