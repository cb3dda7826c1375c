/** The pure steps of a request as one value, so that a test can run a carrier that has one of them wrong. */
import { type Decide, decide } from './decide.js';
import { toRequest } from './parse.js';
import { callLimit } from './quota.js';
import { render } from './render.js';

export interface Engine {
  readonly toRequest: typeof toRequest;
  readonly callLimit: typeof callLimit;
  readonly decide: Decide;
  readonly render: typeof render;
}

export const ENGINE: Engine = { toRequest, callLimit, decide, render };
