/** The input of all facts: the request, the state loaded for it, and the time by the app's clock. */
import type { Readings } from '../readings.js';
import type { CarrierRequest } from '../request.js';
import type { State } from '../state.js';

export interface Situation<R extends CarrierRequest> {
  readonly request: R;
  readonly state: State;
  readonly nowMs: number;
  readonly clientIp: string;
}

/** Each fact is true or false for a situation. It is only evaluated if the facts before it hold. */
export type Facts<Requirement extends string, S extends Situation<CarrierRequest>> = Readonly<
  Record<Requirement, (situation: S) => boolean>
>;

export function readingsOf({ app, carrierReadings }: Pick<State, 'app' | 'carrierReadings'>): Readings {
  return app?.settings.readings ?? carrierReadings;
}
