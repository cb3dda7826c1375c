/** What makes an operation of the carrier another than the others. Everything else is the same for all of them. */
import type { JsonObject } from '../../../../src/protocol/json.js';
import type { App } from '../app-settings.js';
import type { Decision, Requirement } from '../decision.js';
import type { Facts, Situation } from '../facts/situation.js';
import type { Readings } from '../readings.js';
import type { CarrierRequest, Draft } from '../request.js';
import type { Rule } from '../rules/rule.js';

/** Where a request says who calls: what the store is looked up by. Not judged, and so perhaps no texts. */
export interface Names {
  readonly appId: unknown;
  readonly msgId: unknown;
  readonly token: unknown;
}

/** What an answer is made from. */
export interface RenderInputs {
  readonly decision: Pick<Decision, 'resultCode' | 'desc' | 'phoneNumber'>;
  readonly app: App | undefined;
  readonly readings: Readings;
  /** What a calibration has as the words of the code. */
  readonly text?: string | undefined;
  readonly nowMs: number;
  /** 话单流水号: 32 lower-case hex. */
  readonly taskId: string;
  readonly accessToken: string | undefined;
}

/**
 * Methods, since those that take any operation's request call them: a module is given no other request than its own.
 */
export interface OperationModule<
  Request extends CarrierRequest = CarrierRequest,
  Needed extends string = Requirement,
  Case extends Situation<Request> = Situation<Request>,
> {
  namesIn(json: JsonObject | undefined): Names;
  toRequest(draft: Draft, readings: Readings): Request;
  /** In order of precedence. */
  readonly rules: readonly Rule<Needed, string>[];
  readonly facts: Facts<Needed, Case>;
  /** The code of a request that meets every requirement. */
  readonly allMet: string;
  /** What the facts are stated of. */
  situation(given: Situation<Request>): Case;
  /** Whether a success carries the token's number. */
  readonly answersNumber: boolean;
  /** The body of an answer, as JSON. */
  render(request: Request, inputs: RenderInputs): object;
}
