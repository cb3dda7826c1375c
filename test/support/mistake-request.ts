/** Builds the request of a row of test/mistakes: its fields, phoneNum, signature and HTTP message, by the document and not by the code under test. */
import { type Operation, operationRow } from '../../src/protocol/operations.js';
import { type Calculation, type Context, calculate, template } from './calculations.js';
import { type Credentials, type Fields, MSG_ID } from './requests.js';

/** The input of a request: the app and its tokens, and the time. */
export interface Inputs {
  readonly app: Credentials & { readonly platformPublicKey: string };
  readonly token: string;
  /** A second token of the app. */
  readonly another: string;
  readonly nowMs: number;
}

/** A request as data. Each step changes the result of the step before it. */
export interface RequestRow {
  /** Set before signing; null leaves the field out. */
  readonly fields?: Readonly<Record<string, unknown>>;
  readonly phoneNum?: Calculation | string;
  readonly sign?: Calculation | string;
  /** Set after signing. */
  readonly sent?: Readonly<Record<string, unknown>>;
  readonly renamed?: Readonly<Record<string, string>>;
  readonly omitted?: readonly string[];
  readonly http?: {
    readonly method?: string;
    readonly path?: string;
    readonly headers?: readonly string[];
    /** Of h5TokenValidate: the fields of the HTTP headers that are in the body instead. */
    readonly inBody?: readonly string[];
    /** A template with `{json}`, `{form}` or another of BODIES. */
    readonly body?: string;
    /** Replaced in the body. */
    readonly replaced?: readonly (readonly [from: string, to: string])[];
    /** Cuts the body after as many bytes as it has characters. */
    readonly cut?: boolean;
  };
}

export interface Sent {
  readonly method: string;
  readonly path: string;
  readonly rawHeaders: readonly string[];
  readonly body: string | Buffer;
  /** The text that was signed; undefined if the row has the signature itself. */
  readonly signedText: string | undefined;
}

export type Mode = 'login MD5' | 'login RSA' | 'verify HMAC' | 'verify RSA' | 'h5 RSA';

interface ModeRow {
  readonly operation: Operation;
  readonly fields: Fields;
  readonly signed: readonly string[];
  readonly phoneNum?: Calculation;
  readonly sign: Calculation;
}

const LOGIN = {
  version: '2.0',
  msgid: MSG_ID,
  systemtime: '{now}',
  strictcheck: '0',
  appid: '{app}',
  token: '{minted}',
};

const VERIFY = {
  ...{ version: '1.0', msgId: MSG_ID, timestamp: '{now}', appId: '{app}' },
  ...{ openType: '1', requesterType: '0', token: '{minted}' },
};

const VERIFY_SIGNED = ['appId', 'msgId', 'phoneNum', 'timestamp', 'token', 'version'];

/** What the SDK returned with the token. */
export const USER_INFORMATION = 'TW96aWxsYS81LjAgKGlQaG9uZSk%3D';

const H5 = {
  ...{
    interfaceVersion: '2.0',
    appId: '{app}',
    traceId: MSG_ID,
    timestamp: '{now}',
    businessType: '8',
  },
  ...{ token: '{minted}', userInformation: USER_INFORMATION },
};

const NUMBER_TEXT = '{number}{appKey}{timestamp}';

/** The document's four signing modes, and that of the login of pages: 1.2 and 2.3, sign and phoneNum. */
const MODES: Readonly<Record<Mode, ModeRow>> = {
  'login MD5': {
    operation: 'loginTokenValidate',
    fields: LOGIN,
    signed: ['appid', 'version', 'msgid', 'systemtime', 'strictcheck', 'token'],
    sign: { text: '{text}{appSecret}', by: 'MD5', as: 'HEX' },
  },
  'login RSA': {
    operation: 'loginTokenValidate',
    fields: { ...LOGIN, encryptionalgorithm: 'RSA' },
    signed: ['appid', 'token'],
    sign: { text: '{text}', by: 'SHA256withRSA', as: 'HEX' },
  },
  'verify HMAC': {
    operation: 'tokenValidate',
    fields: VERIFY,
    signed: VERIFY_SIGNED,
    phoneNum: { text: NUMBER_TEXT, by: 'SHA-256', as: 'HEX' },
    sign: { text: '{text}', by: 'HMACSHA256', as: 'HEX' },
  },
  'verify RSA': {
    operation: 'tokenValidate',
    fields: { ...VERIFY, keyType: '1' },
    signed: VERIFY_SIGNED,
    phoneNum: { text: NUMBER_TEXT, by: 'encrypted', as: 'Base64' },
    sign: { text: '{text}', by: 'MD5withRSA', as: 'Base64' },
  },
  // From public material.
  'h5 RSA': {
    operation: 'h5TokenValidate',
    fields: H5,
    signed: ['appId', 'traceId', 'timestamp', 'token', 'interfaceVersion'],
    sign: { text: '{text}', by: 'SHA256withRSA', as: 'HEX' },
  },
};

export function modeOf(mode: Mode): ModeRow {
  return MODES[mode];
}

// A request is a quarter of a second under way.
const UNDER_WAY_MS = 238;

const BEIJING_AHEAD_MS = 8 * 3_600_000;

function beijingTime(atMs: number): string {
  return new Date(atMs + BEIJING_AHEAD_MS).toISOString().replace(/\D/g, '');
}

export function requestOf(mode: Mode, row: RequestRow, inputs: Inputs): Sent {
  const { operation, fields, signed, phoneNum, sign: signing } = MODES[mode];
  const { appId, appKey, appSecret, platformPublicKey } = inputs.app;
  const known = {
    ...{
      app: appId,
      appKey,
      appSecret,
      minted: inputs.token,
      another: inputs.another,
      number: '13800138000',
    },
    ...{ now: beijingTime(inputs.nowMs - UNDER_WAY_MS), nowMs: String(inputs.nowMs) },
  };
  const chosen = filled({ ...fields, ...row.fields }, { values: known, signed });
  const calculated = (
    how: Calculation | undefined,
    change: Calculation | string | undefined,
    values: Fields,
  ) => {
    const context = { values: { ...known, ...values }, signed };
    if (typeof change === 'string') return template(change, context);
    const { text = '', key = '{appKey}', ...rest } = { ...how, ...change };
    return calculate(
      { ...rest, text: template(text, context), key: template(key, context) },
      platformPublicKey,
    );
  };
  const named =
    phoneNum === undefined || 'phoneNum' in (row.fields ?? {})
      ? chosen
      : { ...chosen, phoneNum: calculated(phoneNum, row.phoneNum, chosen) };
  const whole =
    'sign' in (row.fields ?? {}) ? named : { ...named, sign: calculated(signing, row.sign, named) };
  const sent = changed(whole, row, { values: { ...known, ...whole }, signed });
  const text =
    typeof row.sign === 'string'
      ? undefined
      : template(row.sign?.text ?? signing.text ?? '', { values: { ...known, ...named }, signed });
  return {
    ...messageOf(operation, sent, row),
    signedText: 'sign' in (row.fields ?? {}) ? undefined : text,
  };
}

/** The templates filled in; a null leaves a field out. */
function filled(fields: Fields, context: Context): Fields {
  const kept = Object.entries(fields).filter(([, value]) => value !== null);
  return Object.fromEntries(
    kept.map(([name, value]) => [
      name,
      typeof value === 'string' ? template(value, context) : value,
    ]),
  );
}

function changed(
  fields: Fields,
  { sent = {}, renamed = {}, omitted = [] }: RequestRow,
  context: Context,
): Fields {
  const set = Object.entries(sent).map(([name, value]) => [
    name,
    typeof value === 'string' ? template(value, context) : value,
  ]);
  const all = Object.entries({ ...fields, ...Object.fromEntries(set) }).filter(
    ([name]) => !omitted.includes(name),
  );
  return Object.fromEntries(all.map(([name, value]) => [renamed[name] ?? name, value]));
}

/** The signature of a complete string to sign in this mode. */
export function signed(
  mode: Mode,
  text: string,
  { appKey, platformPublicKey }: Inputs['app'],
): string {
  return calculate({ ...MODES[mode].sign, text, key: appKey }, platformPublicKey);
}

/** 2.4: four fields are in the header, all others in the body. */
const HEADER_NAME = /^\s*(?:version|msgid|timestamp|appid)\s*$/i;

function envelope(fields: Fields): Readonly<Record<'header' | 'body', Fields>> {
  const entries = Object.entries(fields);
  const isOfHeader = ([name]: [string, unknown]) => HEADER_NAME.test(name);
  return {
    header: Object.fromEntries(entries.filter(isOfHeader)),
    body: Object.fromEntries(entries.filter((entry) => !isOfHeader(entry))),
  };
}

const H5_HEADERS = ['interfaceVersion', 'appId', 'traceId', 'timestamp', 'businessType'];

const BOUNDARY = '5a1e7c0f8f9b4b6d';

const BODIES: Readonly<Record<string, (fields: Fields, value: object) => string>> = {
  json: (_, value) => JSON.stringify(value),
  'json in a string': (_, value) => JSON.stringify(JSON.stringify(value)),
  'json of other texts': (_, value) =>
    JSON.stringify(
      Object.fromEntries(Object.entries(value).map(([name, part]) => [name, JSON.stringify(part)])),
    ),
  /** As a server reads it: as UTF-8. */
  'utf-16 json': (_, value) => Buffer.from(JSON.stringify(value), 'utf16le').toString('utf8'),
  'pretty json': (_, value) => JSON.stringify(value, null, 4),
  'reversed json': (_, value) =>
    JSON.stringify(Object.fromEntries(Object.entries(value).reverse())),
  form: (fields) =>
    new URLSearchParams(
      Object.entries(fields).map(([name, value]): [string, string] => [name, String(value)]),
    ).toString(),
  'java map': (fields) =>
    `{${Object.entries(fields)
      .map(([name, value]) => `${name}=${value}`)
      .join(', ')}}`,
  /** The format of `files=` in Python's requests. */
  multipart: (fields) => {
    const parts = Object.entries(fields).map(
      ([name, value]) =>
        `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
    );
    return `${parts.join('')}--${BOUNDARY}--\r\n`;
  },
};

const BODY = /\{([\w -]+)\}/;

function messageOf(
  operation: Operation,
  fields: Fields,
  { http = {} }: RequestRow,
): Omit<Sent, 'signedText'> {
  const inHeaders =
    operation === 'h5TokenValidate'
      ? H5_HEADERS.filter((name) => !http.inBody?.includes(name))
      : [];
  const ofHeaders = Object.entries(fields).filter(([name]) => inHeaders.includes(name));
  const ofBody = Object.fromEntries(
    Object.entries(fields).filter(([name]) => !inHeaders.includes(name)),
  );
  const value = operation === 'tokenValidate' ? envelope(fields) : ofBody;
  const {
    method = 'POST',
    headers = ['Content-Type', 'application/json'],
    body = '{json}',
    replaced = [],
    cut,
  } = http;
  const write = (text: string) =>
    text.replace(BODY, (whole, name: string) => BODIES[name]?.(fields, value) ?? whole);
  const text = replaced.reduce(
    (changing, [from, to]) => changing.replaceAll(from, to),
    write(body),
  );
  return {
    method,
    path: (http.path ?? '{path}')
      .replace('{path}', operationRow(operation).path)
      .replace('{form}', () => write('{form}')),
    rawHeaders: [...headers, ...ofHeaders.flatMap(([name, text]) => [name, String(text)])],
    body: cut === true ? Buffer.from(text).subarray(0, text.length) : text,
  };
}
