/** A call of the control API as a row: access, input, output and handler. */

import type { BodyName } from '../../src/control/calls/bodies.js';
import type { Scope } from '../carrier/apps/apps.js';
import type { Carrier } from '../carrier/carrier.js';
import type { AppRecord } from '../carrier/store/state-store.js';
import type { ControlRequest } from './control-exchange.js';
import type { EventStreams } from './event-streams.js';

export const TAGS = [
  { name: 'Server', description: 'Health, certificate, reset, and this document.' },
  {
    name: 'Apps',
    description: 'Each app has its own tokens, clock, quota, scripts, journal and ledger.',
  },
  { name: 'Tokens', description: 'The tokens that the SDK on the phone receives.' },
  { name: 'SMS credential', description: '短验辅助凭证: the accessToken of a 001 response.' },
  {
    name: 'Clock',
    description:
      "An app's clock: token lifetimes, the daily quota and the times in responses use it.",
  },
  { name: 'Outcomes', description: 'Scripts that force the next responses of an operation.' },
  { name: 'Snapshots', description: 'The state of an app, saved and restored.' },
  { name: 'Journal', description: 'Every request to the carrier, and the reason for its result.' },
  { name: 'Ledger', description: '话单: the charged calls, and the remaining calls.' },
  {
    name: 'Reference',
    description: "The carrier's calls, the interpretations of its document, and its test numbers.",
  },
  {
    name: 'Tools',
    description: 'Signed requests, key pairs and whitelist checks. Nothing is stored.',
  },
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
  | 'password'
  | 'finding'
  | 'text'
  | 'kind'
  | 'cause'
  | 'until'
  | 'burst';

/**
 * Who may make a call. `anyone`: no token, for probes and for the setup of machines. `server`: the server's control token,
 * if it has one. The other values concern one app: the server's token or the app's own is accepted. An app with its own
 * token requires it even if the server has none. A call that names no app is treated as `server`.
 */
export type Who = 'anyone' | 'server' | 'path' | 'query' | 'body' | 'request';

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

export interface Call<Input = unknown> {
  readonly carrier: Carrier;
  readonly options: ControlOptions;
  /** The apps that a call about all apps covers. */
  readonly scope: Scope;
  readonly streams: EventStreams;
  /** All calls, for the OpenAPI document. */
  readonly routes: readonly Route[];
  readonly request: ControlRequest;
  /** The parameters of the row's path. */
  readonly params: Readonly<
    Record<'appId' | 'token' | 'accessToken' | 'operation' | 'id' | 'number', string>
  >;
  readonly query: URLSearchParams;
  /** The body, checked by the row's schema; `{}` if none was sent. */
  readonly input: Input;
  /** The app that the call names, as loaded by the access check; undefined if the call names none. */
  readonly app: AppRecord | undefined;
}

export interface AppCall<Input = unknown> extends Call<Input> {
  readonly app: AppRecord;
}

/** A successful response: JSON, a text or stream that is sent unchanged, or nothing. */
export type Output =
  | {
      readonly status: 200 | 201;
      readonly schema: string;
      /** The handler may return text instead, if the caller accepts text/plain. */
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
  /** In the syntax of Express. */
  readonly path: `/_mock/${string}`;
  /** The operationId of the OpenAPI document. */
  readonly id: string;
  readonly tag: Tag;
  readonly summary: string;
  readonly query?: readonly QueryName[];
  /** The name of the body's schema. */
  readonly input?: BodyName;
  readonly output: Output;
  /** The errors of this call, in addition to those of every call. */
  readonly problems?: readonly number[];
}

/** A call whose path names an app. */
export interface AppRoute extends Row {
  readonly who: 'path';
  /** Returns the value of the output; throws a Problem. It is a method, so that each row can have its own input type. */
  handle(call: AppCall): unknown;
}

export interface OtherRoute extends Row {
  readonly who: Exclude<Who, 'path'>;
  handle(call: Call): unknown;
}

export type Route = AppRoute | OtherRoute;

type Written<R extends Row> = Omit<R, 'method' | 'path' | 'tag' | 'who'> & {
  readonly call: `${Uppercase<Method>} ${Row['path']}`;
};
type AppRow = Written<AppRoute> & { readonly who?: undefined };
type OtherRow = Written<OtherRoute> & Pick<OtherRoute, 'who'>;

/** The calls of a tag. The path of a row without `who` names an app. */
export function routes(tag: Tag, rows: readonly (AppRow | OtherRow)[]): readonly Route[] {
  return rows.map(({ call, who = 'path', ...row }) => {
    const [method = '', path] = call.split(' ');
    return { ...row, tag, who, path, method: method.toLowerCase() } as Route;
  });
}

export const NO_CONTENT = { status: 204 } as const;

export function json(schema: string, status: 200 | 201 = 200) {
  return { status, schema };
}
