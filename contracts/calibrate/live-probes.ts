/**
 * What a calibration spends live calls on, for the mistakes that an unknown token hides. A call earlier in the table
 * settles more requests: codes that differ between carriers, before what the document states.
 */

import type { Operation } from '../index.js';

/** How the mistakes are sent. */
export type Asks =
  /** In one request: carriers accept all of them, or some. */
  | 'together'
  | 'each'
  /** In one request with a wrong signature: its code shows which check is first. */
  | 'withSignature'
  /** One mistake of each code, until their order is known. */
  | 'order';

export interface LiveProbe {
  readonly id: string;
  readonly asks: Asks;
  /** The checks of its mistakes. */
  readonly checks: RegExp;
  /** The operation whose code the document does not state; without it, all. */
  readonly only?: Operation;
}

export const LIVE_PROBES: readonly LiveProbe[] = [
  {
    id: 'unknown app',
    asks: 'each',
    checks: /^appKnown$/,
    only: 'tokenValidate',
  },
  {
    id: 'sign missing',
    asks: 'each',
    checks: /\/sign\.missing$/,
  },
  {
    id: 'parameters and signature',
    asks: 'withSignature',
    checks: /^parametersValid\/(?!sign|appId)\w+\.missing$/,
  },
  {
    id: 'missing appId',
    asks: 'each',
    checks: /\/appId\.missing$/,
  },
  {
    id: 'token of the other operation',
    asks: 'each',
    checks: /^tokenOfThisCapability$/,
    only: 'tokenValidate',
  },
  {
    id: 'values',
    asks: 'together',
    checks: /\/(?!sentAt\.)\w+\.value$|\/openType\.missing$/,
  },
  {
    id: 'order',
    asks: 'order',
    checks: /./,
  },
  {
    id: 'signature and phoneNum',
    asks: 'each',
    checks: /^(?:signValid|phoneNumReadable)$/,
  },
  {
    id: 'others',
    asks: 'each',
    checks: /./,
  },
];
