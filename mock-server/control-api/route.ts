/** A call of the control API as a row: who may make it, what it takes and answers, and the function that answers it. */

import type { Scope } from '../carrier/apps/apps.js';
import type { Carrier } from '../carrier/carrier.js';
import type { AppRecord } from '../carrier/store/state-store.js';
import type { CONTROL_SCHEMAS } from '../schemas/schemas.js';
import type { ControlRequest } from './control-exchange.js';
import type { EventStreams } from './event-streams.js';

export const TAGS = [
  { name: 'Server', description: 'Health, certificate, reset, and this document.' },
  { name: 'Apps', description: 'Each app has its own tokens, clock, quota, scripts, journal and ledger.' },
  { name: 'Tokens', description: 'The tokens that the phone SDK would get.' },
  { name: 'SMS credential', description: '短验辅助凭证: the accessToken that comes with 001.' },
  { name: 'Clock', description: "An app's time: token lifetimes, the daily quota and the times in answers use it." },
  { name: 'Outcomes', description: 'Scripts that set the next answers of an operation.' },
  { name: 'Snapshots', description: 'The state of an app, saved and restored.' },
  { name: 'Journal', description: 'Every carrier request, and the reason for its answer.' },
  { name: 'Ledger', description: '话单: the charged calls, and the calls that are left.' },
  { name: 'Reference', description: "The carrier's calls, the interpretations of its document, and its test numbers." },
  { name: 'Tools', description: 'Signed requests, key pairs and whitelist checks; nothing of them is stored.' },
] as const;

export type Tag = (typeof TAGS)[number]['name'];
export type Method = 'get' | 'put' | 'post' | 'patch' | 'delete';
export type QueryName =
  | 'appId'
  | 'operation'
  | 'resultCode'
  | 'after'
  | 'limit'
  | 'lang'
  | 'way'
  | 'signing'
  | 'password'
  | 'remarks'
  | 'ids';

/**
 * `anyone`: probes, and machines that are set up, have no token. `server`: needs the server's control token, if it has
 * one. The others concern one app: the server's token is accepted, and the app's own. An app that has one needs it on a
 * server without one, too. A call that names no app is as `server`.
 */
export type Who = 'anyone' | 'server' | AppNamedBy;
export type AppNamedBy = 'path' | 'query' | 'body' | 'request';

export interface ControlOptions {
  /** What callers have to present; undefined asks for nothing, except for apps that have a token of their own. */
  readonly controlToken: string | undefined;
  /** The names of the server, in addition to addresses and names that no stranger can own; undefined accepts any Host. */
  readonly hosts?: readonly string[] | undefined;
  /** Where the carrier is, if it has another port than the control API. */
  readonly carrierUrl?: (() => string) | undefined;
  /** The port of the plain listener, if there is one: the call may have come by HTTPS. */
  readonly httpPort?: (() => number) | undefined;
  /** The local CA's certificate, if there is one. */
  readonly caPem: string | undefined;
  /** Whether the console is served; true by default. */
  readonly console?: boolean;
  /** Aborted when the server stops. */
  readonly closing?: AbortSignal;
}

/** What the calls of one server share. */
export interface ControlContext {
  readonly carrier: Carrier;
  readonly options: ControlOptions;
  /** The apps that a call about all apps covers. */
  readonly scope: Scope;
  readonly streams: EventStreams;
  /** All of them, for their description. */
  readonly routes: readonly Route[];
  /** The text for Prometheus. */
  readonly metrics: () => Promise<string>;
}

export interface Call<Input = unknown> extends ControlContext {
  readonly request: ControlRequest;
  /** Those that the row's path names. */
  readonly params: Readonly<Record<'appId' | 'token' | 'accessToken' | 'operation' | 'code' | 'id' | 'number', string>>;
  readonly query: URLSearchParams;
  /** The body, as the row's schema has it; `{}` if none was sent. */
  readonly input: Input;
  /** The app that the call names, as it was when access was checked; undefined if there is none. */
  readonly app: AppRecord | undefined;
}

export interface AppCall<Input = unknown> extends Call<Input> {
  readonly app: AppRecord;
}

/** A successful answer: JSON of a schema, a text or stream that is sent as it is, or nothing. */
export type Output =
  | {
      readonly status: 200 | 201;
      readonly schema: string;
      /** The handler may return a text instead, if the caller asks for text/plain. */
      readonly orText?: true;
    }
  | {
      readonly status: 200;
      readonly schema?: string;
      readonly contentType: string;
      readonly headers?: Readonly<Record<string, string>>;
    }
  | { readonly status: 204 };

interface Row {
  readonly method: Method;
  /** As Express has it. */
  readonly path: `/_mock/${string}`;
  /** The operationId of the OpenAPI document. */
  readonly id: string;
  readonly tag: Tag;
  readonly summary: string;
  readonly query?: readonly QueryName[];
  /** The name of the body's schema. */
  readonly input?: keyof typeof CONTROL_SCHEMAS;
  readonly output: Output;
  /** The errors of this call, in addition to those of every call. */
  readonly problems?: readonly number[];
}

/** A call about the app that its path names. */
export interface AppRoute extends Row {
  readonly who: 'path';
  /** Returns what the output is made from; throws a Problem. A method, so that each row can have an input of its own. */
  handle(call: AppCall): unknown;
}

export interface OtherRoute extends Row {
  readonly who: Exclude<Who, 'path'>;
  handle(call: Call): unknown;
}

export type Route = AppRoute | OtherRoute;

export const NO_CONTENT = { status: 204 } as const;

export function json(schema: string, status: 200 | 201 = 200) {
  return { status, schema };
}
