/** Requests that need as much memory in a journal as possible. */
import { requestBytes } from './client.js';

const PATH = '/unisdk/rsapi/loginTokenValidate';
const BODY_BYTES = 64 * 1024;
const HEADERS = 98;
const HEADER_LENGTH = 140;

interface Shape {
  readonly shape: string;
  readonly bytesOf: (appId: string) => Buffer;
}

/** A body of the maximum size that one field fills. */
function longField(appId: string, field: 'token' | 'msgid' | 'sign', piece: string): Buffer {
  const room = (BODY_BYTES - JSON.stringify({ appid: appId, [field]: '' }).length) / Buffer.byteLength(piece);
  return requestBytes(PATH, `{"appid":"${appId}","${field}":"${piece.repeat(room)}"}`);
}

/** A body that is not JSON, but names the app at the beginning. */
function junk(appId: string, piece: string): Buffer {
  const head = `{"appid":"${appId}"}`;
  return requestBytes(PATH, head + piece.repeat((BODY_BYTES - head.length) / Buffer.byteLength(piece)));
}

function manyHeaders(appId: string): Buffer {
  const headers = Array.from({ length: HEADERS }, (_, at) => `X-${at}: ${'v'.repeat(HEADER_LENGTH)}\r\n`).join('');
  const body = `{"appid":"${appId}"}`;
  return Buffer.from(`POST ${PATH} HTTP/1.1\r\nHost: a\r\n${headers}Content-Length: ${body.length}\r\n\r\n${body}`);
}

function longQuery(appId: string): Buffer {
  const [line = '', ...rest] = requestBytes(PATH, `{"appid":"${appId}"}`).toString().split('\r\n');
  return Buffer.from([line.replace(PATH, `${PATH}?${'q'.repeat(15_000)}`), ...rest].join('\r\n'));
}

export const SHAPES: readonly Shape[] = [
  { shape: 'a hundred headers', bytesOf: manyHeaders },
  { shape: 'addresses with a long query', bytesOf: longQuery },
  { shape: 'text of two bytes a character', bytesOf: (appId) => longField(appId, 'sign', `中${'a'.repeat(1000)}`) },
  { shape: 'long tokens', bytesOf: (appId) => longField(appId, 'token', 't') },
  { shape: 'long tokens of escapes', bytesOf: (appId) => longField(appId, 'token', '\\u4e2d') },
  {
    shape: 'long msgids of escapes, which the response repeats',
    bytesOf: (appId) => longField(appId, 'msgid', '\\u0001'),
  },
  { shape: 'control characters', bytesOf: (appId) => junk(appId, '\u0001') },
  { shape: 'empty bodies', bytesOf: () => requestBytes(PATH, '') },
];
