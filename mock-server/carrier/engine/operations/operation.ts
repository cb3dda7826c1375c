/** What the engine knows of an operation in addition to its description in src/protocol. */
import type { ReplyTexts } from '../../../../src/protocol/fields.js';
import type { Readings } from '../../../../src/protocol/readings.js';
import type { Requirement } from '../../../../src/protocol/requirements.js';
import type { App } from '../app-settings.js';
import type { Decision } from '../decision.js';
import type { RequirementPart } from '../facts/parts.js';
import type { Fact } from '../facts/situation.js';
import type { CarrierRequest } from '../request.js';
import type { Rule } from '../requirements.js';
import type { State } from '../state.js';
import type { TokenFormat } from '../token-format.js';

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

export interface OperationModule {
  /** In order of precedence: the first unmet requirement determines the result. */
  readonly rules: readonly Rule[];
  readonly facts: Readonly<Record<string, Fact>>;
  /** The parts of a requirement, in order of precedence. */
  readonly parts: Readonly<Partial<Record<Requirement, readonly RequirementPart[]>>>;
  readonly tokens: TokenFormat;
  /** The code if every requirement is met. */
  readonly allMet: string;
  /** Whether a success has the token's number. */
  readonly returnsNumber: boolean;
  /** Whether the address is checked against the whitelist. */
  readonly checksAddress: (
    request: CarrierRequest,
    state: Pick<State, 'app' | 'carrierReadings'>,
  ) => boolean;
  /** The values of the reply. The operation's description has their locations. */
  readonly reply: (request: CarrierRequest, inputs: RenderInputs) => ReplyTexts;
}
