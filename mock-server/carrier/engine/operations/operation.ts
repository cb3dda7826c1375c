/** What differs between the operations of the carrier. */
import type { JsonObject } from '../../../../src/protocol/json.js';
import type { App } from '../app-settings.js';
import type { Decision, Requirement } from '../decision.js';
import type { Facts, Situation } from '../facts/situation.js';
import type { Readings, Rule } from '../readings.js';
import type { CarrierRequest, Draft } from '../request.js';

/** The fields that select what is loaded from the store. They are not validated, so they may be other values than texts. */
export interface Names {
  readonly appId: unknown;
  readonly msgId: unknown;
  readonly token: unknown;
}

export interface RenderInputs {
  readonly decision: Pick<Decision, 'resultCode' | 'desc' | 'phoneNumber'>;
  readonly app: App | undefined;
  readonly readings: Readings;
  /** The calibrated text of the code. */
  readonly text?: string | undefined;
  readonly nowMs: number;
  /** 话单流水号: 32 lower-case hex digits. */
  readonly taskId: string;
  readonly accessToken: string | undefined;
}

/** A module only receives requests of its own operation. Methods, not function properties: their types accept any request. */
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
  /** The code if every requirement is met. */
  readonly allMet: string;
  /** Builds the input of the facts. */
  situation(given: Situation<Request>): Case;
  /** Whether a success has the token's number. */
  readonly returnsNumber: boolean;
  /** The body of a reply, as a JSON value. */
  render(request: Request, inputs: RenderInputs): object;
}
