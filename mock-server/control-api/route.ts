/** What the handler of a call receives and returns. The types follow from the rows of the calls. */

import type { ReadableStream } from 'node:stream/web';
import type { BodyOf, CallId, ParamsOf, QueryOf, RowOf } from '../../src/control/calls/calls.js';
import type { COMPONENTS } from '../../src/control/calls/components.js';
import type { TypeOf } from '../../src/control/calls/notation.js';
import type { Scope } from '../carrier/apps/apps.js';
import type { Carrier } from '../carrier/carrier.js';
import type { MaybePromise } from '../carrier/store/maybe-promise.js';
import type { AppRecord } from '../carrier/store/state-store.js';
import type { ControlRequest } from './control-exchange.js';
import type { EventStreams } from './event-streams.js';

export interface ControlOptions {
  /** The token that callers must send. If undefined, only apps with their own token require one. */
  readonly controlToken: string | undefined;
  /** Host names that are accepted in addition to addresses and local names; undefined accepts any Host. */
  readonly hosts?: readonly string[] | undefined;
  /** The address of the carrier, if it is on another port than the control API. */
  readonly carrierUrl?: (() => string) | undefined;
  /** The address for users, without a slash at the end, if it is not that of the request. */
  readonly publicUrl?: string | undefined;
  /** The local CA's certificate, if there is one. */
  readonly caPem: string | undefined;
  /** Whether the console is served; true by default. */
  readonly console?: boolean;
  /** Aborted when the server stops. */
  readonly closing?: AbortSignal;
}

/** What every call has. */
export interface CallContext {
  readonly carrier: Carrier;
  readonly options: ControlOptions;
  /** The apps that a call about all apps covers. */
  readonly scope: Scope;
  readonly streams: EventStreams;
  readonly request: ControlRequest;
}

export interface Call<Id extends CallId> extends CallContext {
  /** The parameters of the row's path. */
  readonly params: ParamsOf<Id>;
  readonly query: QueryOf<Id>;
  /** Checked by the row's schema; `{}` if none was sent. */
  readonly body: BodyOf<Id>;
  /** The app that the call names, as loaded by the access check; undefined if the call names none. */
  readonly app: AppOf<RowOf<Id>>;
}

/** A row without `who` names its app in the path. */
type AppOf<Row> = Row extends { readonly who: string } ? AppRecord | undefined : AppRecord;

/** Returns the value of the answer, which is not sent if the answer has no body; throws a Problem. */
export type Handler<Id extends CallId> = (
  call: Call<Id>,
) => MaybePromise<ValueOf<RowOf<Id>['answer']>>;

type ValueOf<Answer> = Answer extends { readonly schema: infer Name extends string }
  ? Unwritten<TypeOf<Name, Inside>> | (Answer extends { readonly orText: true } ? string : never)
  : Answer extends { readonly contentType: string }
    ? RawBody | undefined
    : unknown;

/** Inside, a code is a text: readings and scripts can choose any. */
type Inside = Omit<typeof COMPONENTS, 'ResultCode'> & { readonly ResultCode: 'string' };

type Empty = Record<never, never>;

/** JSON omits undefined: a field that may be missing may have this value. */
type Unwritten<T> = T extends string | number | boolean | null
  ? T
  : T extends readonly (infer Item)[]
    ? readonly Unwritten<Item>[]
    : {
        readonly [N in keyof T]: Unwritten<T[N]> | (Empty extends Pick<T, N> ? undefined : never);
      };

export type RawBody = string | Uint8Array | ReadableStream<Uint8Array>;

/** A handler for each call. */
export type Handlers = { readonly [Id in CallId]: Handler<Id> };
