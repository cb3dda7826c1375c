/** The pure steps of a request. A test can replace one of them with a wrong one. */
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

/** The body of a reply, without white space. Fields are in the order of the document's samples, 1.3 and 2.4. */
function render(request: CarrierRequest, inputs: RenderInputs): string {
  return JSON.stringify(moduleOf(request.operation).render(request, inputs));
}
