/** The calls of the control API, a row each. The types of the server's handlers and of the client follow from them. */
import type { BodyName } from './bodies.js';
import type { Api } from './components.js';
import type { QueryName, QueryValues } from './query.js';

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

/**
 * Who may make a call. `anyone`: no token, for probes and for the setup of machines. `server`: the server's control token,
 * if it has one. The other values concern one app: the server's token or the app's own is accepted. An app with its own
 * token requires it even if the server has none. A call that names no app is treated as `server`.
 */
export type Who = 'anyone' | 'server' | 'path' | 'query' | 'body' | 'request';

export type Method = 'get' | 'put' | 'post' | 'patch' | 'delete';

/** A successful answer: JSON, a text or stream that is sent unchanged, or nothing. */
export type Answer =
  | {
      readonly status: 200 | 201;
      readonly schema: keyof Api;
      /** The handler may return text instead, if the caller accepts text/plain. */
      readonly orText?: true;
    }
  | {
      readonly status: 200;
      readonly contentType: string;
      readonly headers?: Readonly<Record<string, string>>;
    }
  | { readonly status: 204 };

export interface CallRow {
  /** The operationId of the OpenAPI document. */
  readonly id: string;
  /** In the syntax of Express. */
  readonly call: `${Uppercase<Method>} /_mock/${string}`;
  /** Without it, the path names the app. */
  readonly who?: Exclude<Who, 'path'>;
  readonly tag: Tag;
  readonly summary: string;
  readonly query?: readonly QueryName[];
  readonly body?: BodyName;
  readonly answer: Answer;
  /** The errors of this call, in addition to those of every call. */
  readonly problems?: readonly number[];
}

function json<const Schema extends keyof Api>(schema: Schema, status: 200 | 201 = 200) {
  return { status, schema };
}

const NO_CONTENT = { status: 204 } as const;
const FILTER = ['appId', 'operation', 'resultCode', 'kind', 'cause', 'finding', 'text'] as const;

export const CALLS = [
  {
    id: 'getHealth',
    call: 'GET /_mock/health',
    who: 'anyone',
    tag: 'Server',
    summary: 'Whether the carrier can respond',
    answer: json('Health'),
    problems: [503],
  },
  {
    id: 'getLiveness',
    call: 'GET /_mock/health/live',
    who: 'anyone',
    tag: 'Server',
    summary: 'Whether the process responds; does not depend on the store',
    answer: json('Health'),
  },
  {
    id: 'getMetrics',
    call: 'GET /_mock/metrics',
    who: 'server',
    tag: 'Server',
    summary: 'Metrics for Prometheus: requests, latencies, tokens, the process',
    // The version of the Prometheus text format that prom-client writes.
    answer: { status: 200, contentType: 'text/plain; version=0.0.4; charset=utf-8' },
  },
  {
    id: 'getCa',
    call: 'GET /_mock/ca.pem',
    who: 'anyone',
    tag: 'Server',
    summary: "The local CA's certificate (PEM)",
    answer: { status: 200, contentType: 'application/x-pem-file; charset=utf-8' },
    problems: [404],
  },
  {
    id: 'getTrustStore',
    call: 'GET /_mock/truststore.p12',
    who: 'anyone',
    tag: 'Server',
    summary: "A trust store for Java with the local CA's certificate (PKCS#12)",
    query: ['password'],
    answer: { status: 200, contentType: 'application/x-pkcs12' },
    problems: [400, 404],
  },
  {
    id: 'getOpenapi',
    call: 'GET /_mock/openapi.json',
    who: 'server',
    tag: 'Server',
    summary: 'This document',
    answer: json('OpenapiDocument'),
  },
  {
    id: 'getCarrierOpenapi',
    call: 'GET /_mock/carrier-openapi.json',
    who: 'anyone',
    tag: 'Server',
    summary: "The OpenAPI document of the carrier's operations, as one file",
    answer: json('OpenapiDocument'),
  },
  {
    id: 'listResultCodes',
    call: 'GET /_mock/result-codes',
    who: 'server',
    tag: 'Server',
    summary: 'Every result code, its cause, and a curl command for each way to get it',
    answer: json('ResultCodes'),
  },
  {
    id: 'resetAll',
    call: 'POST /_mock/reset',
    who: 'server',
    tag: 'Server',
    summary: 'Resets all apps to their configured state, and removes those that this API created',
    body: 'Nothing',
    answer: NO_CONTENT,
  },
  {
    id: 'createApp',
    call: 'POST /_mock/apps',
    who: 'server',
    tag: 'Apps',
    summary: 'Creates an app; omitted settings are generated',
    body: 'CreateApp',
    answer: json('CreatedApp', 201),
    problems: [409],
  },
  {
    id: 'listApps',
    call: 'GET /_mock/apps',
    who: 'server',
    tag: 'Apps',
    summary: 'All apps',
    answer: json('Apps'),
  },
  {
    id: 'getApp',
    call: 'GET /_mock/apps/:appId',
    tag: 'Apps',
    summary: 'One app',
    answer: json('App'),
  },
  {
    id: 'patchApp',
    call: 'PATCH /_mock/apps/:appId',
    tag: 'Apps',
    summary: 'Changes settings: an omitted one stays, null restores the default',
    body: 'PatchApp',
    answer: json('App'),
  },
  {
    id: 'deleteApp',
    call: 'DELETE /_mock/apps/:appId',
    tag: 'Apps',
    summary: 'Removes an app and all its data',
    answer: NO_CONTENT,
  },
  {
    id: 'resetApp',
    call: 'POST /_mock/apps/:appId/reset',
    tag: 'Apps',
    summary: 'Resets an app to the state in which it was created',
    body: 'Nothing',
    answer: NO_CONTENT,
  },
  {
    id: 'mintTokens',
    call: 'POST /_mock/apps/:appId/tokens',
    tag: 'Tokens',
    summary: 'Issues one token, or a list if count is given',
    body: 'Mint',
    answer: json('Minted', 201),
    problems: [409],
  },
  {
    id: 'getToken',
    call: 'GET /_mock/apps/:appId/tokens/:token',
    tag: 'Tokens',
    summary: 'A token and its status',
    answer: json('Token'),
  },
  {
    id: 'getAccessToken',
    call: 'GET /_mock/apps/:appId/access-tokens/:accessToken',
    tag: 'SMS credential',
    summary: 'An accessToken and its status',
    answer: json('AccessToken'),
  },
  {
    id: 'redeemAccessToken',
    call: 'POST /_mock/apps/:appId/access-tokens/:accessToken/redeem',
    tag: 'SMS credential',
    summary: 'Redeems an accessToken: once, within five minutes',
    body: 'Nothing',
    answer: json('AccessToken'),
    problems: [409],
  },
  {
    id: 'getClock',
    call: 'GET /_mock/apps/:appId/clock',
    tag: 'Clock',
    summary: "The app's clock",
    answer: json('Clock'),
  },
  {
    id: 'setClock',
    call: 'PUT /_mock/apps/:appId/clock',
    tag: 'Clock',
    summary: 'Sets the clock, freezes it, or lets it continue',
    body: 'SetClock',
    answer: json('Clock'),
  },
  {
    id: 'advanceClock',
    call: 'POST /_mock/apps/:appId/clock/advance',
    tag: 'Clock',
    summary: 'Advances the clock, also while it is frozen',
    body: 'AdvanceClock',
    answer: json('Clock'),
  },
  {
    id: 'getOutcomes',
    call: 'GET /_mock/apps/:appId/outcomes/:operation',
    tag: 'Outcomes',
    summary: 'The script of an operation, and its remaining steps',
    answer: json('Outcomes'),
  },
  {
    id: 'setOutcomes',
    call: 'PUT /_mock/apps/:appId/outcomes/:operation',
    tag: 'Outcomes',
    summary: 'Scripts the next responses of an operation',
    body: 'SetOutcomes',
    answer: json('Outcomes'),
  },
  {
    id: 'deleteOutcomes',
    call: 'DELETE /_mock/apps/:appId/outcomes/:operation',
    tag: 'Outcomes',
    summary: 'Removes the script; the next responses are real outcomes',
    answer: NO_CONTENT,
  },
  {
    id: 'listAppSubscribers',
    call: 'GET /_mock/apps/:appId/subscribers',
    tag: 'Outcomes',
    summary: 'The numbers for which the app has scripts, and their remaining steps',
    answer: json('AppSubscribers'),
  },
  {
    id: 'getSubscriber',
    call: 'GET /_mock/apps/:appId/subscribers/:number',
    tag: 'Outcomes',
    summary: 'The scripts of a number, and their remaining steps',
    answer: json('SubscriberOutcomes'),
  },
  {
    id: 'setSubscriber',
    call: 'PUT /_mock/apps/:appId/subscribers/:number',
    tag: 'Outcomes',
    summary: 'Scripts the responses to requests with a token of a number',
    body: 'SetSubscriber',
    answer: json('SubscriberOutcomes'),
    problems: [409],
  },
  {
    id: 'deleteSubscriber',
    call: 'DELETE /_mock/apps/:appId/subscribers/:number',
    tag: 'Outcomes',
    summary: "Removes the app's scripts of a number; those of the configuration file apply again",
    answer: NO_CONTENT,
  },
  {
    id: 'listSnapshots',
    call: 'GET /_mock/apps/:appId/snapshots',
    tag: 'Snapshots',
    summary: 'The saved snapshots, newest first',
    answer: json('Snapshots'),
    problems: [501],
  },
  {
    id: 'createSnapshot',
    call: 'POST /_mock/apps/:appId/snapshots',
    tag: 'Snapshots',
    summary: 'Saves tokens, clock, counters, ledger and scripts',
    body: 'Nothing',
    answer: json('Snapshot', 201),
    problems: [501],
  },
  {
    id: 'restoreSnapshot',
    call: 'POST /_mock/apps/:appId/snapshots/:id/restore',
    tag: 'Snapshots',
    summary: 'Restores a snapshot; the journal stays as it is',
    body: 'Nothing',
    answer: NO_CONTENT,
    problems: [501],
  },
  {
    id: 'listRequests',
    call: 'GET /_mock/requests',
    who: 'query',
    tag: 'Journal',
    summary: 'The journal, newest first',
    query: [...FILTER, 'after', 'limit'],
    answer: json('JournalPage'),
    problems: [404],
  },
  {
    id: 'listCauses',
    call: 'GET /_mock/requests/causes',
    who: 'query',
    tag: 'Journal',
    summary: 'The causes of the newest requests, with their counts',
    query: FILTER,
    answer: json('Causes'),
  },
  {
    id: 'getRequest',
    call: 'GET /_mock/requests/:id',
    who: 'request',
    tag: 'Journal',
    summary: 'One request',
    answer: json('JournalRecord'),
  },
  {
    id: 'explainRequest',
    call: 'GET /_mock/requests/:id/explanation',
    who: 'request',
    tag: 'Journal',
    summary: 'The reason for the result of a request, and the known mistakes in it',
    query: ['lang'],
    answer: { ...json('Explanation'), orText: true },
  },
  {
    id: 'expectRequest',
    call: 'POST /_mock/requests/:id/expected',
    who: 'request',
    tag: 'Journal',
    summary: 'Marks the result of a request as the one that a test expects',
    body: 'Nothing',
    answer: json('JournalRecord'),
  },
  {
    id: 'countRequests',
    call: 'POST /_mock/requests/count',
    who: 'body',
    tag: 'Journal',
    summary: 'The number of requests, and whether it is exact',
    body: 'CountRequests',
    answer: json('RequestCount'),
  },
  {
    id: 'forgetRequests',
    call: 'DELETE /_mock/requests',
    who: 'query',
    tag: 'Journal',
    summary: 'Removes all requests from the journal, or those that a list with the same query has',
    query: [...FILTER, 'until'],
    answer: NO_CONTENT,
    problems: [404],
  },
  {
    id: 'watchRequests',
    call: 'GET /_mock/events',
    who: 'query',
    tag: 'Journal',
    summary:
      'Server-sent events: each journal record when it is new, delivered or removed, and the clock and scripts of changed apps',
    query: ['appId', 'burst'],
    answer: {
      status: 200,
      contentType: 'text/event-stream',
      headers: {
        'Cache-Control': 'no-cache, no-transform',
        // Without it, nginx buffers events.
        'X-Accel-Buffering': 'no',
      },
    },
    problems: [503],
  },
  {
    id: 'getLedger',
    call: 'GET /_mock/apps/:appId/ledger',
    tag: 'Ledger',
    summary: 'The charged calls, newest first',
    query: ['limit'],
    answer: json('Ledger'),
  },
  {
    id: 'listOperations',
    call: 'GET /_mock/operations',
    who: 'server',
    tag: 'Reference',
    summary:
      "The carrier's operations: request fields, response fields and rules, in both languages",
    answer: json('OperationRows'),
  },
  {
    id: 'listReadings',
    call: 'GET /_mock/readings',
    who: 'server',
    tag: 'Reference',
    summary: 'Every unclear sentence of the document, with the options and their meaning',
    answer: json('ReadingRows'),
  },
  {
    id: 'listSubscribers',
    call: 'GET /_mock/subscribers',
    who: 'server',
    tag: 'Reference',
    summary: "The carrier's subscribers, and the failures of the test numbers",
    answer: json('Subscribers'),
  },
  {
    id: 'signRequest',
    call: 'POST /_mock/apps/:appId/signed-requests',
    tag: 'Tools',
    summary: 'Creates a correctly signed request, without sending it',
    body: 'SignRequest',
    answer: json('SignedRequest'),
  },
  {
    id: 'makeKeyPair',
    call: 'POST /_mock/key-pairs',
    who: 'server',
    tag: 'Tools',
    summary: "Creates an RSA key pair in the portal's format",
    body: 'MakeKeyPair',
    answer: json('KeyPair', 201),
  },
  {
    id: 'checkIpWhitelist',
    call: 'POST /_mock/ip-whitelist/check',
    who: 'server',
    tag: 'Tools',
    summary: 'Which addresses each entry of a whitelist admits, or what is wrong with it',
    body: 'CheckIpWhitelist',
    answer: json('IpWhitelistCheck'),
  },
] as const satisfies readonly CallRow[];

type Call = (typeof CALLS)[number];
export type CallId = Call['id'];
export type RowOf<Id extends CallId> = Extract<Call, { readonly id: Id }>;

type NamesIn<Path extends string> = Path extends `${string}:${infer Name}/${infer Rest}`
  ? Name | NamesIn<Rest>
  : Path extends `${string}:${infer Name}`
    ? Name
    : never;

/** The parameters of the path. */
export type ParamsOf<Id extends CallId> = {
  readonly [Name in NamesIn<RowOf<Id>['call']>]: string;
};

type QueryNamesOf<Row> = Row extends { readonly query: readonly (infer Name)[] }
  ? Name & QueryName
  : never;
export type QueryOf<Id extends CallId> = QueryValues<QueryNamesOf<RowOf<Id>>>;

/** undefined without a body. */
export type BodyOf<Id extends CallId> =
  RowOf<Id> extends { readonly body: infer Name extends BodyName } ? Api[Name] : undefined;

type NameOf<Text> = Text extends `${infer Method} /_mock${infer Path}`
  ? `${Method} ${Path}`
  : never;

/** A call as the client names it: method and path below `/_mock`. */
export type CallName = NameOf<Call['call']>;

/** The id of the call with this name. */
type IdOf<Name extends CallName> = Name extends `${infer Method} ${infer Path}`
  ? Extract<Call, { readonly call: `${Method} /_mock${Path}` }>['id']
  : never;

type Empty = Record<never, never>;
type Optional<T> = { readonly [Name in keyof T]?: T[Name] | undefined };

type QueryPart<Id extends CallId> =
  RowOf<Id> extends { readonly query: unknown }
    ? { readonly query?: Optional<QueryOf<Id>> }
    : Empty;

/** A body without a required field may be omitted. */
type BodyPart<Body> = [Body] extends [undefined]
  ? Empty
  : Empty extends Body
    ? { readonly body?: Body }
    : { readonly body: Body };

/** What a client sends: the parameters of the path by their names, `query` and `body`. */
export type PartsOf<Name extends CallName> = ParamsOf<IdOf<Name>> &
  QueryPart<IdOf<Name>> &
  BodyPart<BodyOf<IdOf<Name>>>;

/** An argument that may be omitted if no part is required. */
type PartsArgument<Parts> = [keyof Parts] extends [never]
  ? []
  : Empty extends Parts
    ? [parts?: Parts]
    : [parts: Parts];

/** Calls the control API. */
export type CallFunction = <Name extends CallName>(
  name: Name,
  ...parts: PartsArgument<PartsOf<Name>>
) => Promise<AnswerTo<Name>>;

/** A call of one app: its name without the path of the app, such as `GET /clock` or `DELETE`. */
export type AppCallName = CallName extends infer Name
  ? Name extends `${infer Method} /apps/:appId${infer Path}`
    ? Path extends ''
      ? Method
      : `${Method} ${Path}`
    : never
  : never;

type NameInApp<Name extends AppCallName> = Name extends `${infer Method} ${infer Path}`
  ? Extract<CallName, `${Method} /apps/:appId${Path}`>
  : Extract<CallName, `${Name} /apps/:appId`>;

/** Calls the control API for one app. */
export type AppCallFunction = <Name extends AppCallName>(
  name: Name,
  ...parts: PartsArgument<Omit<PartsOf<NameInApp<Name>>, 'appId'>>
) => Promise<AnswerTo<NameInApp<Name>>>;

/** What a client receives as JSON. */
export type AnswerTo<Name extends CallName> = RowOf<IdOf<Name>>['answer'] extends {
  readonly schema: infer Component extends keyof Api;
}
  ? Api[Component]
  : undefined;
