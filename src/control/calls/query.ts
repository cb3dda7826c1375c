/** The query parameters of the calls. */
import { LANGUAGES } from '../../text/bilingual.js';
import type { COMPONENTS } from './components.js';
import type { TypeOf } from './notation.js';

const LIMIT_DEFAULT = 100;
export const LIMIT_MAX = 1000;
/** The password of Java's own trust store. */
export const PASSWORD_DEFAULT = 'changeit';
export const KINDS = ['refused', 'answered', 'forced'] as const;
export type Kind = (typeof KINDS)[number];

/** What a parameter's text must be. A default replaces a missing one. */
export interface ParameterSchema {
  readonly type?: 'string' | 'integer';
  readonly minimum?: 1;
  readonly maximum?: number;
  readonly enum?: readonly string[];
  readonly default?: string | number;
}

export type ParameterRow = readonly [
  type: 'string' | 'Operation' | ParameterSchema,
  description: string,
];

/** In the order in which their values are checked. */
export const QUERY = {
  after: ['string', 'The id of a request: only older requests.'],
  limit: [
    { type: 'integer', minimum: 1, maximum: LIMIT_MAX, default: LIMIT_DEFAULT },
    'The maximum number of entries.',
  ],
  appId: ['string', 'Only requests of this app.'],
  operation: ['Operation', 'Only requests of this operation.'],
  resultCode: ['string', 'Only requests with this result code. `103*` means all that begin so.'],
  kind: [{ enum: KINDS }, 'Only requests that were refused, answered or forced.'],
  cause: [
    'string',
    'Only requests of which this finding is the first cause or, if they were accepted, the first remark.',
  ],
  finding: ['string', 'Only requests with this finding. `sign.*` means all whose id begins so.'],
  text: [
    'string',
    'Only requests with this text in the request, the response, or the words of its code and findings.',
  ],
  until: ['string', 'The id of such a request: only it and older ones.'],
  burst: [
    { type: 'integer', minimum: 1, maximum: LIMIT_MAX },
    'The maximum number of requests in a tenth of a second; `passed-over` has the number of the others. By default all.',
  ],
  lang: [
    { enum: LANGUAGES },
    'The language of titles and details. By default that of Accept-Language, else that of the server.',
  ],
  password: [{ type: 'string', default: PASSWORD_DEFAULT }, 'The password of the trust store.'],
} as const satisfies Readonly<Record<string, ParameterRow>>;

export type QueryName = keyof typeof QUERY;

type WithDefault = {
  [N in QueryName]: (typeof QUERY)[N] extends readonly [{ readonly default: unknown }, string]
    ? N
    : never;
}[QueryName];

/** The values of these parameters; undefined for one that was not sent and has no default. */
export type QueryValues<Name extends QueryName> = {
  readonly [N in Name]:
    | TypeOf<(typeof QUERY)[N], typeof COMPONENTS>
    | (N extends WithDefault ? never : undefined);
};
