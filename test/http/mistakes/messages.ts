/** Mistakes around the body: addresses, methods, headers, parameters. The document, 1.1, 2.2 and 2.3. */
import type { Mistake } from './mistake.js';
import { FORM_TYPE, form, headers, JSON_TYPE, path } from './wires.js';

const LOGIN = { mode: 'login MD5' } as const;
const VERIFY = { mode: 'verify HMAC' } as const;

export const ADDRESSES: readonly Mistake[] = [
  {
    ...LOGIN,
    description: 'a client ends the address of login with a slash',
    wire: path('/unisdk/rsapi/loginTokenValidate/'),
    resultCode: '105313',
    finding: 'url.wrong-path',
  },
  {
    ...LOGIN,
    description: 'a client writes the address of login in lower case',
    wire: path('/unisdk/rsapi/logintokenvalidate'),
    resultCode: '105313',
    finding: 'url.wrong-path',
  },
  {
    ...LOGIN,
    description: 'a client calls the v1.0 address of login',
    wire: path('/unisdk/rsapi/v1.0/loginTokenValidate'),
    resultCode: '105313',
    finding: 'url.wrong-path',
  },
  {
    ...VERIFY,
    description: 'a client mixes the two addresses',
    wire: path('/openapi/rsapi/tokenValidate'),
    resultCode: '303',
    finding: 'url.wrong-path',
  },
  {
    ...VERIFY,
    description: 'a client calls the v1.0 address of verify',
    wire: path('/openapi/rs/v1.0/tokenValidate'),
    resultCode: '303',
    finding: 'url.wrong-path',
  },
  {
    ...LOGIN,
    description: 'a client sends GET with the fields in the query',
    wire: (wire) => ({
      method: 'GET',
      path: `${wire.path}?${form(String(wire.body))}`,
      headers: [],
      body: '',
    }),
    resultCode: '105313',
    finding: 'url.wrong-method',
  },
  {
    ...VERIFY,
    description: 'a client sends PUT to verify',
    wire: (wire) => ({ ...wire, method: 'PUT' }),
    resultCode: '303',
    finding: 'url.wrong-method',
  },
];

export const HEADERS_AND_PARAMETERS: readonly Mistake[] = [
  {
    ...LOGIN,
    description: 'a Java client sends JSON as text/plain, which works',
    wire: headers('Content-Type', 'text/plain;charset=UTF-8'),
    resultCode: '103000',
    finding: 'header.content-type',
  },
  {
    ...VERIFY,
    description: 'a PHP client sends JSON as a form, which works',
    wire: headers(...FORM_TYPE),
    resultCode: '000',
    finding: 'header.content-type',
  },
  {
    ...LOGIN,
    description: 'a client sends no Content-Type, which works',
    wire: headers(),
    resultCode: '103000',
    finding: 'header.content-type',
  },
  {
    ...LOGIN,
    description: 'a client sends JSON as text/plain where JSON is required',
    app: { readings: { 'content-type': 'json' } },
    wire: headers('Content-Type', 'text/plain'),
    resultCode: '103211',
    finding: 'header.content-type',
  },
  {
    ...VERIFY,
    description: 'a client sends JSON as a form to verify where JSON is required',
    app: { readings: { 'content-type': 'json' } },
    wire: headers(...FORM_TYPE),
    resultCode: '303',
    finding: 'header.content-type',
  },
  {
    ...LOGIN,
    description: 'a client adds the Content-Type that its library sends as well',
    wire: headers(...JSON_TYPE, 'Content-Type', 'application/json;charset=UTF-8'),
    resultCode: '103000',
    finding: 'header.two-content-types',
  },
  {
    ...VERIFY,
    description: 'a client adds JSON to the form type of its library',
    wire: headers(...FORM_TYPE, ...JSON_TYPE),
    resultCode: '000',
    finding: 'header.two-content-types',
  },
  {
    ...VERIFY,
    description: 'a client puts Chinese into message without encoding, which works',
    fields: () => ({ message: '订单 1024' }),
    resultCode: '000',
    finding: 'params.not-url-encoded',
  },
  {
    ...VERIFY,
    description: 'a client joins expandParams and does not encode them, which works',
    fields: () => ({ expandParams: 'channel=ios|scene=登录' }),
    resultCode: '000',
    finding: 'params.not-url-encoded',
  },
  {
    ...VERIFY,
    description: 'a client puts JSON into expandParams, encoded, which works',
    fields: () => ({ expandParams: encodeURIComponent('{"channel":"ios"}') }),
    resultCode: '000',
    finding: 'params.malformed',
  },
];
