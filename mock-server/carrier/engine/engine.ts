/** The pure steps of a request. A test can replace one of them with a wrong one. */
import { type Decide, decide } from './decide.js';
import { render } from './operations/operations.js';
import { callLimit } from './quota.js';
import { toRequest } from './request.js';

export interface Engine {
  readonly toRequest: typeof toRequest;
  readonly callLimit: typeof callLimit;
  readonly decide: Decide;
  readonly render: typeof render;
}

export const ENGINE: Engine = { toRequest, callLimit, decide, render };
