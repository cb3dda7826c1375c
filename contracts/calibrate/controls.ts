/** Control requests: clearly good and clearly bad requests, for which all options expect the same result. They show whether the results of a carrier are reliable. */
import type { Operation } from '../index.js';
import type { When } from '../kit/case.js';
import { EXPAND_PARAMS, MESSAGE } from './visible-readings.js';

interface BadRequest {
  readonly code: string;
  readonly case: string;
}

export interface Controls {
  /** A good request, except for the unknown token of the case. */
  readonly good: string;
  readonly goodWhen: When;
  /** The codes for a token that was never issued. */
  readonly unknownToken: readonly string[];
  /** A good request with a live token. */
  readonly success: { readonly case: string; readonly code: string };
  /** The first has a wrong signature. Each shows that its mistake is checked before the token. */
  readonly bad: readonly BadRequest[];
}

export const CONTROLS: Readonly<Record<Operation, Controls>> = {
  loginTokenValidate: {
    good: 'loginTokenValidate/104201/unknown',
    goodWhen: {},
    unknownToken: ['104201', '103113'],
    success: { case: 'loginTokenValidate/103000/md5', code: '103000' },
    bad: [
      { code: '103101', case: 'loginTokenValidate/precedence/sign-before-unknown-token' },
      { code: '103412', case: 'loginTokenValidate/103412/not-json' },
      { code: '103211', case: 'loginTokenValidate/103211/strictcheck-boolean' },
      { code: '103414', case: 'loginTokenValidate/103414/systemtime-16' },
    ],
  },
  tokenValidate: {
    good: 'tokenValidate/606/unknown',
    goodWhen: {
      fields: [
        { op: 'add', path: '/body/message', value: MESSAGE },
        { op: 'add', path: '/body/expandParams', value: EXPAND_PARAMS },
      ],
    },
    unknownToken: ['606'],
    success: { case: 'tokenValidate/000/plain', code: '000' },
    bad: [
      { code: '302', case: 'tokenValidate/302/other-sign' },
      { code: '004', case: 'tokenValidate/precedence/phone-num-and-unknown-token' },
      { code: '303', case: 'tokenValidate/303/not-json' },
      { code: '102', case: 'tokenValidate/102/timestamp-16-digits' },
    ],
  },
};
