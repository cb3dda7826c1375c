/** The changes that repair a mistake. Each returns the subject with the changed request or app; `settle.ts` calculates what depends on it. */
import {
  fieldsOf,
  type Property,
  partsOf,
  type RequestField,
} from '../../../src/protocol/fields.js';
import { isObject, type JsonObject } from '../../../src/protocol/json.js';
import { type Operation, operationRow } from '../../../src/protocol/operations.js';
import { formatTimestamp } from '../../../src/protocol/timestamp.js';
import { nearName } from '../../../src/text/edit-distance.js';
import { urlDecoded } from '../../../src/text/url-decoded.js';
import { type App, type AppSettings, compileApp } from '../../carrier/engine/app-settings.js';
import { moduleOf } from '../../carrier/engine/operations/operations.js';
import { callLimit } from '../../carrier/engine/quota.js';
import {
  type Draft,
  type Exchange,
  parseBody,
  STRING_OR_NUMBER,
} from '../../carrier/engine/request.js';
import type { State, TokenRecord } from '../../carrier/engine/state.js';
import type { Evidence } from '../finding.js';
import { likelyNumber } from '../phone/phone-num.js';
import { reparsed, type Subject, type ToCalculate } from '../subject.js';
import { knownToken } from '../token.js';
import { type Missing, missing } from './missing.js';

/** The token that a repaired request has instead of a wrong one. */
export function newTokenOf({ newToken, request, atMs }: Subject): string {
  return (
    newToken ??
    moduleOf(request.operation).tokens.format(atMs, '000000', (length) => '0'.repeat(length))
  );
}

export function withExchange(subject: Subject, change: Partial<Exchange>): Subject {
  const exchange = { ...subject.exchange, ...change };
  const bodyBytes = change.body === undefined ? exchange.bodyBytes : Buffer.byteLength(change.body);
  return relocated(subject, reparsed({ ...subject, exchange: { ...exchange, bodyBytes } }));
}

/** With the state of the app, the token and the operation that the changed request names. */
function relocated(before: Subject, after: Subject): Subject {
  const { found, otherApps, draft, state } = after;
  if (isSameState(before.draft, draft)) return after;
  if (found !== undefined && isSameState(found.draft, draft))
    return { ...withState(after, found.state), atMs: found.atMs, ...found.unknown };
  const isOtherApp = draft.appId !== before.draft.appId;
  const app = isOtherApp
    ? otherApps.find(({ settings }) => settings.appId === draft.appId)
    : state.app;
  const isSameToken = draft.token === before.draft.token;
  const token = isSameToken ? ownToken(after, isOtherApp) : undefined;
  return withState(after, {
    app,
    token,
    foreignToken: isSameToken && token === undefined ? state.foreignToken : undefined,
    callLimit: app && callLimitOf(after, app),
  });
}

function ownToken(
  { draft: { appId }, state: { token, foreignToken } }: Subject,
  isOtherApp: boolean,
) {
  if (!isOtherApp) return token;
  return foreignToken?.appId === appId ? foreignToken?.record : undefined;
}

/** Whether two requests read the same state. */
export function isSameState(one: Draft, other: Draft): boolean {
  const isSameRow = one.exchange.row.operation === other.exchange.row.operation;
  return isSameRow && one.appId === other.appId && one.token === other.token;
}

function callLimitOf({ state, request, atMs }: Subject, { settings }: App) {
  const isKnown = settings.contracted && state.app?.settings.appId === settings.appId;
  return isKnown
    ? state.callLimit
    : callLimit(request.operation, { settings, packageNumber: 0, nowMs: atMs });
}

/** Leaves a body as it is if it is not one JSON object, or too deep to be written. */
export function withJson(subject: Subject, edit: (json: JsonObject) => JsonObject): Subject {
  const body = editJson(subject.exchange.body, edit);
  return body === undefined ? subject : withExchange(subject, { body });
}

// JSON has this character only as an escape, so no other text begins with it.
const MARK = '\\u0000';

/** Keeps every number as it was written: 17 digits do not fit into a JavaScript number. */
function editJson(body: string, edit: (json: JsonObject) => JsonObject): string | undefined {
  const marked = body.replace(STRING_OR_NUMBER, (found) =>
    found.startsWith('"') ? found : `"${MARK}${found}"`,
  );
  const json = parseBody({ body: marked, bodyBytes: 0 });
  try {
    return json && JSON.stringify(edit(json)).replace(/"\\u0000([^"]*)"/g, '$1');
  } catch {
    // Thousands of nested lists, which JSON.parse reads, are too deep for JSON.stringify.
    return undefined;
  }
}

export function withState(subject: Subject, change: Partial<State>): Subject {
  return reparsed({ ...subject, state: { ...subject.state, ...change } });
}

export function withSettings(subject: Subject, change: Partial<AppSettings>): Subject {
  const { app } = subject.state;
  return app === undefined
    ? subject
    : withState(subject, { app: compileApp({ ...app.settings, ...change }) });
}

/** Sends the request to the path of this operation. */
export function withOperation(subject: Subject, operation: Operation): Subject {
  const row = operationRow(operation);
  return withExchange(subject, { row, path: row.path });
}

export function fieldNamed({ request }: Subject, name: string): RequestField | undefined {
  return fieldsOf(request.operation).find((field) => field.name === name);
}

/** Sets the field of this wire name. */
export function withNamed(subject: Subject, name: string, text: string): Subject {
  const property = fieldNamed(subject, name)?.property;
  return property === undefined ? subject : withText(subject, property, text);
}

/** Sets the field of the evidence to the expected value. */
export function withExpected(subject: Subject, { field = '', expected }: Evidence): Subject {
  return withNamed(subject, field, String(expected));
}

/** Sets the field at its place in the document; undefined leaves it out. */
export function withText(subject: Subject, property: Property, text: string | undefined): Subject {
  const field = fieldsOf(subject.request.operation).find((one) => one.property === property);
  if (field === undefined) return subject;
  const { location, name } = field;
  if (location === 'httpHeader')
    return withExchange(subject, { rawHeaders: withHeader(subject.exchange, name, text) });
  const set = (json: JsonObject) =>
    text === undefined ? without(json, name) : { ...json, [name]: text };
  if (location === 'topLevel') return withJson(subject, set);
  return withJson(subject, (json) => ({ ...json, [location]: set(objectAt(json, location)) }));
}

/** The headers with only this one of its name. */
export function withHeader(
  { rawHeaders }: Exchange,
  name: string,
  value: string | undefined,
): readonly string[] {
  const others = rawHeaders.filter(
    (_, at) => rawHeaders[at - (at % 2)]?.toLowerCase() !== name.toLowerCase(),
  );
  return value === undefined ? others : [...others, name, value];
}

export function objectAt(json: JsonObject, name: string): JsonObject {
  const value = json[name];
  return isObject(value) ? value : {};
}

export function without(json: JsonObject, name: string): JsonObject {
  return Object.fromEntries(Object.entries(json).filter(([each]) => each !== name));
}

/** Renames a field where the document has it. */
export function withRenamed(subject: Subject, from: string, to: string): Subject {
  const { operation } = subject.request;
  const parts: readonly string[] = partsOf(operation);
  const inTop =
    parts.includes(to) ||
    fieldsOf(operation).some((row) => row.name === to && row.location === 'topLevel');
  const rename = (json: JsonObject): JsonObject =>
    from in json
      ? Object.fromEntries(Object.entries(json).map(([name, v]) => [name === from ? to : name, v]))
      : json;
  if (inTop) return withJson(subject, rename);
  const isHome = (part: string) =>
    fieldsOf(operation).some((row) => row.name === to && row.location === part);
  return withJson(subject, (json) => {
    const homes = parts.filter((part) => isHome(part) && from in objectAt(json, part));
    return {
      ...json,
      ...Object.fromEntries(homes.map((part) => [part, rename(objectAt(json, part))])),
    };
  });
}

/** A token that the SDK has just got, for the app, the operation and the number of the request. */
export function withNewToken(subject: Subject): Subject {
  const { atMs, state, request } = subject;
  const token: TokenRecord = {
    phoneNumber: likelyNumber(subject) ?? '',
    capability: operationRow(request.operation).capability,
    operator: 'mobile',
    issuedAtMs: atMs,
    expiresAtMs: atMs + (state.app?.settings.tokenTtlMs ?? 0),
    usedBy: undefined,
    userInformation: browserOf(subject),
  };
  return withState(generated(subject, 'token', newTokenOf(subject)), { token });
}

/** The userInformation that the SDK returns with each token of a browser: that of the token that was sent, or the same text, encoded once. */
function browserOf(subject: Subject): string | undefined {
  const known = knownToken(subject)?.record.userInformation;
  const { userInformation: sent } = subject.request;
  if (known !== undefined || sent === undefined) return known ?? sent;
  return sent.includes('%25') ? urlDecoded(sent) : encodeURIComponent(urlDecoded(sent));
}

/** A valid value, for a field whose own value cannot be repaired. Signature and phoneNum are calculated later. */
export function withDefault(subject: Subject, property: Property): Subject | Missing {
  const withOwnDefault = OWN_DEFAULTS[property];
  return withOwnDefault === undefined
    ? withText(subject, property, documentedValue(subject, property))
    : withOwnDefault(subject);
}

const NEW_MSG_ID = '00000000000040008000000000000000';

/** Of the fields whose value depends on the operation, the state or the time. */
const OWN_DEFAULTS: Readonly<Partial<Record<Property, (subject: Subject) => Subject | Missing>>> = {
  version: (subject) => withText(subject, 'version', subject.exchange.row.version),
  msgId: (subject) => withState(generated(subject, 'msgId', NEW_MSG_ID), { msgIdSeen: false }),
  sentAt: withOwnTime,
  token: withNewToken,
  appId: withMeantApp,
  sign: (subject) => calculated(withText(subject, 'sign', ''), { sign: true }),
  userInformation: withUserInformation,
  phoneNum: (subject) => withPhoneNumOf(subject, likelyNumber(subject)),
};

/** undefined leaves an optional field out. */
function documentedValue({ request }: Subject, property: Property): string | undefined {
  const field = fieldsOf(request.operation).find((one) => one.property === property);
  const anyValue = field?.required === true ? '0' : undefined;
  return field?.values?.[0] ?? anyValue;
}

function withUserInformation(subject: Subject): Subject {
  const { request, state } = subject;
  const field = fieldsOf(request.operation).find(({ property }) => property === 'userInformation');
  const text = state.token?.userInformation ?? field?.sample;
  return withText(subject, 'userInformation', text);
}

function withMeantApp(subject: Subject): Subject | Missing {
  const app = meantApp(subject);
  return app === undefined ? missing('app') : withText(subject, 'appId', app.settings.appId);
}

/** The time of arrival instead of a time that is absent or malformed. */
export function withOwnTime(subject: Subject): Subject {
  return generated(subject, 'sentAt', formatTimestamp(subject.atMs));
}

function generated(subject: Subject, property: Property, text: string): Subject {
  const changed = withText(subject, property, text);
  return calculated(changed, { generated: [...generatedOf(changed), property] });
}

export function generatedOf({ toCalculate }: Subject): readonly Property[] {
  return toCalculate?.generated ?? [];
}

export function withPhoneNumOf(
  subject: Subject,
  phoneNumber: string | undefined,
): Subject | Missing {
  return phoneNumber === undefined
    ? missing('phoneNumber')
    : calculated(subject, { phoneNum: phoneNumber });
}

export function calculated(subject: Subject, change: ToCalculate): Subject {
  return { ...subject, toCalculate: { ...subject.toCalculate, ...change } };
}

/** The app that the caller means, if there is no doubt: the token's own, the only one, or the only one with a similar id. */
function meantApp({
  otherApps,
  state: { foreignToken },
  draft: { appId = '' },
}: Subject): App | undefined {
  const byToken = otherApps.find(({ settings }) => settings.appId === foreignToken?.appId);
  if (byToken !== undefined) return byToken;
  if (otherApps.length === 1) return otherApps[0];
  if (appId === '') return undefined;
  const similar = otherApps.filter(
    ({ settings }) => nearName(appId, [settings.appId]) !== undefined,
  );
  return similar.length === 1 ? similar[0] : undefined;
}
