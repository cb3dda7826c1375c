/** A wrong carrier: our carrier with one mistake. The functions here wrap or replace the part of the carrier that has it. */
import { createDecide } from '../../../mock-server/carrier/engine/decide.js';
import type { Decision } from '../../../mock-server/carrier/engine/decision.js';
import { ENGINE, type Engine } from '../../../mock-server/carrier/engine/engine.js';
import type { Fact, Situation } from '../../../mock-server/carrier/engine/facts/situation.js';
import { compileIpWhitelist } from '../../../mock-server/carrier/engine/ip-whitelist.js';
import type {
  OperationModule,
  RenderInputs,
} from '../../../mock-server/carrier/engine/operations/operation.js';
import {
  moduleOf,
  OPERATION_MODULES,
} from '../../../mock-server/carrier/engine/operations/operations.js';
import type { CarrierRequest, Draft } from '../../../mock-server/carrier/engine/request.js';
import { ruleSetsOf } from '../../../mock-server/carrier/engine/rules.js';
import type { State } from '../../../mock-server/carrier/engine/state.js';
import { byOperation, type Operation } from '../../../src/protocol/operations.js';
import type { Readings } from '../../../src/protocol/readings.js';
import type { Requirement } from '../../../src/protocol/requirements.js';
import type { CarrierParts } from '../provider/engine-subject.js';

export interface WrongCarrier {
  readonly id: string;
  /** Completes "a carrier that …". */
  readonly does: string;
  /** The operations in which the mistake can show. */
  readonly operations: readonly Operation[];
  readonly wrong: CarrierParts;
}

export const LOGIN: readonly Operation[] = ['loginTokenValidate'];
export const VERIFY: readonly Operation[] = ['tokenValidate'];
export const BOTH: readonly Operation[] = [...LOGIN, ...VERIFY];

export const BEIJING_OFFSET_MS = 8 * 3_600_000;

export const { loginTokenValidate: LOGIN_RULES, tokenValidate: VERIFY_RULES } = OPERATION_MODULES;

type Facts = { readonly [R in Requirement]?: Fact };
type KnownRule = OperationModule['rules'][number];

interface FactChanges {
  readonly all?: Facts;
  readonly login?: Facts;
  readonly verify?: Facts;
}

export function withFacts({ all, login, verify }: FactChanges): CarrierParts {
  const own: Partial<Record<Operation, Facts | undefined>> = {
    loginTokenValidate: login,
    tokenValidate: verify,
  };
  return decideBy(
    byOperation((operation) => {
      const module = moduleOf(operation);
      return { ...module, facts: { ...module.facts, ...all, ...own[operation] } };
    }),
  );
}

export function withLoginRules(rules: readonly KnownRule[]): CarrierParts {
  return decideBy({ ...OPERATION_MODULES, loginTokenValidate: { ...LOGIN_RULES, rules } });
}

export function withVerifyRules(rules: readonly KnownRule[]): CarrierParts {
  return decideBy({ ...OPERATION_MODULES, tokenValidate: { ...VERIFY_RULES, rules } });
}

function decideBy(modules: Readonly<Record<Operation, OperationModule>>): CarrierParts {
  return { engine: { decide: createDecide(ruleSetsOf(modules)) } };
}

export function moveRule<R extends { readonly requires: string }>(
  rules: readonly R[],
  requires: R['requires'],
  { before }: { readonly before: R['requires'] },
): readonly R[] {
  const isMoved = (rule: R) => rule.requires === requires;
  const rest = rules.filter((rule) => !isMoved(rule));
  return rest.flatMap((rule) =>
    rule.requires === before ? [...rules.filter(isMoved), rule] : [rule],
  );
}

export function withRequestFields(
  situation: Situation,
  changes: Partial<CarrierRequest>,
): Situation {
  return { ...situation, request: { ...situation.request, ...changes } };
}

export function withState(change: (state: State) => State): CarrierParts {
  return { engine: { decide: (request, state, at) => ENGINE.decide(request, change(state), at) } };
}

/** Applies to the readings of the carrier and of the app. */
export function withReadings(change: (readings: Readings) => Partial<Readings>): CarrierParts {
  const changed = (readings: Readings): Readings => ({ ...readings, ...change(readings) });
  return withState((state) => ({
    ...state,
    carrierReadings: changed(state.carrierReadings),
    app: state.app && {
      ...state.app,
      settings: { ...state.app.settings, readings: changed(state.app.settings.readings) },
    },
  }));
}

/** A whitelist of null admits every address. */
export function withWhitelists(change: (list: string) => string | null): CarrierParts {
  const matcherOf = (list: string | null) =>
    compileIpWhitelist(list === null ? null : change(list));
  return withState((state) => {
    if (state.app === undefined) return state;
    const { ipWhitelist } = state.app.settings;
    const admits = byOperation((operation) => matcherOf(ipWhitelist[operation]));
    return { ...state, app: { ...state.app, admits } };
  });
}

export function withDecision(change: (decision: Decision, state: State) => Decision): CarrierParts {
  return {
    engine: { decide: (request, state, at) => change(ENGINE.decide(request, state, at), state) },
  };
}

export function withoutEffect(
  decision: Decision,
  kind: Decision['effects'][number]['kind'],
): Decision {
  return { ...decision, effects: decision.effects.filter((effect) => effect.kind !== kind) };
}

/** Changes the request after it was parsed. */
export function withRequest(
  change: (request: CarrierRequest, draft: Draft) => CarrierRequest,
): CarrierParts {
  return {
    engine: { toRequest: (draft, readings) => change(ENGINE.toRequest(draft, readings), draft) },
  };
}

export function withRequestReadings(changes: Partial<Readings>): CarrierParts {
  return {
    engine: {
      toRequest: (draft, readings) => ENGINE.toRequest(draft, { ...readings, ...changes }),
    },
  };
}

export function withCallLimit(callLimit: Engine['callLimit']): CarrierParts {
  return { engine: { callLimit } };
}

export function withRenderInputs(change: (inputs: RenderInputs) => RenderInputs): CarrierParts {
  return { engine: { render: (request, inputs) => ENGINE.render(request, change(inputs)) } };
}

export function withRenderedRequest(
  change: (request: CarrierRequest) => CarrierRequest,
): CarrierParts {
  return { engine: { render: (request, inputs) => ENGINE.render(change(request), inputs) } };
}

export function withBody(change: (body: string) => string): CarrierParts {
  return {
    engine: {
      render: (request, inputs) => {
        const rendered = ENGINE.render(request, inputs);
        return { ...rendered, body: change(rendered.body) };
      },
    },
  };
}
