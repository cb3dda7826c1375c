/** The pure steps of a request. A test can replace one of them with a wrong one. */
import { replyParts } from '../../../src/protocol/fields.js';
import { type Decide, decide } from './decide.js';
import type { RenderInputs } from './operations/operation.js';
import { moduleOf } from './operations/operations.js';
import { callLimit } from './quota.js';
import { type CarrierRequest, toRequest } from './request.js';

export interface Engine {
  readonly toRequest: typeof toRequest;
  readonly callLimit: typeof callLimit;
  readonly decide: Decide;
  readonly render: typeof render;
}

export const ENGINE: Engine = { toRequest, callLimit, decide, render };

export interface Rendered {
  /** The HTTP headers that carry fields: names and values in turn. */
  readonly headers: readonly string[];
  /** JSON without white space. Fields are in the order of the samples. */
  readonly body: string;
}

function render(request: CarrierRequest, inputs: RenderInputs): Rendered {
  const { operation } = request;
  const { headers, body } = replyParts(operation, moduleOf(operation).reply(request, inputs));
  return { headers, body: JSON.stringify(body) };
}
