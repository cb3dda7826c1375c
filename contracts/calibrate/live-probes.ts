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
  readonly settles: string;
  /** The most calls that it makes. */
  readonly cost: string;
  readonly asks: Asks;
  /** The checks of its mistakes. */
  readonly checks: RegExp;
  /** The operation whose code the document does not state; without it, all. */
  readonly only?: Operation;
}

export const LIVE_PROBES: readonly LiveProbe[] = [
  {
    id: 'unknown app',
    settles: 'its code, which can be that of a token of another app',
    cost: 'one',
    asks: 'each',
    checks: /^appKnown$/,
    only: 'tokenValidate',
  },
  {
    id: 'sign missing',
    settles: 'whether a missing sign is a missing parameter or a wrong signature',
    cost: 'one',
    asks: 'each',
    checks: /\/sign\.missing$/,
  },
  {
    id: 'parameters and signature',
    settles: 'the code of missing parameters, and whether they are checked before the signature',
    cost: 'one',
    asks: 'withSignature',
    checks: /^parametersValid\/(?!sign|appId)\w+\.missing$/,
  },
  {
    id: 'missing appId',
    settles: 'whether it is a missing parameter or an unknown app',
    cost: 'one',
    asks: 'each',
    checks: /\/appId\.missing$/,
  },
  {
    id: 'token of the other operation',
    settles: 'its code',
    cost: 'one',
    asks: 'each',
    checks: /^tokenOfThisCapability$/,
    only: 'tokenValidate',
  },
  {
    id: 'values',
    settles: 'the unknown values that are accepted, and the codes of the others',
    cost: 'one if all are accepted, otherwise one more for each value',
    asks: 'together',
    checks: /\/(?!sentAt\.)\w+\.value$|\/openType\.missing$/,
  },
  {
    id: 'order',
    settles: 'the order of the codes',
    cost: 'one for each code after the first',
    asks: 'order',
    checks: /./,
  },
  {
    id: 'signature and phoneNum',
    settles: 'their codes',
    cost: 'one for each',
    asks: 'each',
    checks: /^(?:signValid|phoneNumReadable)$/,
  },
  {
    id: 'others',
    settles: 'what is left',
    cost: 'one for each',
    asks: 'each',
    checks: /./,
  },
];
