/** The pure steps of a request. A test can replace one of them with a wrong one. */
import { type Decide, decide } from './decide.js';
import type { Names, RenderInputs } from './operations/operation.js';
import { moduleOf } from './operations/operations.js';
import { callLimit } from './quota.js';
import type { Readings } from './readings.js';
import {
  type CarrierRequest,
  type Draft,
  type Exchange,
  isText,
  numbersAsTexts,
  parseBody,
  textOf,
} from './request.js';

export interface Engine {
  readonly toRequest: typeof toRequest;
  readonly callLimit: typeof callLimit;
  readonly decide: Decide;
  readonly render: typeof render;
}

export const ENGINE: Engine = { toRequest, callLimit, decide, render };

/** Parses what selects the state to load. The rest depends on the app's readings. */
export function parseDraft(exchange: Exchange): Draft {
  const { namesIn } = moduleOf(exchange.row.operation);
  const json = parseBody(exchange);
  const sent = namesIn(json);
  const { appId, msgId, token } = areTexts(sent) ? sent : namesIn(numbersAsTexts(exchange));
  return { exchange, json, appId: textOf(appId), msgId: textOf(msgId), token: textOf(token) };
}

function areTexts({ appId, msgId, token }: Names): boolean {
  return isText(appId) && isText(msgId) && isText(token);
}

export function toRequest(draft: Draft, readings: Readings): CarrierRequest {
  return moduleOf(draft.exchange.row.operation).toRequest(draft, readings);
}

/** The body of a reply, without white space. Fields are in the order of the document's samples, 1.3 and 2.4. */
function render(request: CarrierRequest, inputs: RenderInputs): string {
  return JSON.stringify(moduleOf(request.operation).render(request, inputs));
}
