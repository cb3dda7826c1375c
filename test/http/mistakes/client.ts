/** A back-end client of both interfaces, written from the carrier's document, without code of the server. The document, 1.2 and 2.3. */
import {
  constants,
  createHash,
  createHmac,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  publicEncrypt,
  sign,
} from 'node:crypto';
import { request } from 'node:http';

export type Fields = Readonly<Record<string, unknown>>;

/** An app's credentials on the page of the developer community, and 平台公钥. */
export interface Account {
  readonly appId: string;
  readonly appKey: string;
  readonly appSecret: string;
  readonly platformPublicKey: string;
}

/** 1.2 sign: appid + version + msgid + systemtime + strictcheck + token. */
export const LOGIN_ORDER = ['appid', 'version', 'msgid', 'systemtime', 'strictcheck', 'token'] as const;
/** 2.3 sign: appId + msgId + phoneNum + timestamp + token + version. */
export const VERIFY_ORDER = ['appId', 'msgId', 'phoneNum', 'timestamp', 'token', 'version'] as const;

const BEIJING_AHEAD_MS = 8 * 3_600_000;

/** 17 digits, to the millisecond. */
export function beijingTime(atMs: number): string {
  return new Date(atMs + BEIJING_AHEAD_MS).toISOString().replace(/\D/g, '');
}

export function join(fields: Fields, names: readonly string[], separator = ''): string {
  return names.map((name) => String(fields[name] ?? '')).join(separator);
}

/** `name=value` pairs, as many other interfaces require. */
export function pairs(fields: Fields, names: readonly string[], separator = '&'): string {
  return names.map((name) => `${name}=${String(fields[name] ?? '')}`).join(separator);
}

export function digest(algorithm: 'md5' | 'sha1' | 'sha256', text: string): Buffer {
  return createHash(algorithm).update(text, 'utf8').digest();
}

export function hmacSha256(text: string, key: string): Buffer {
  return createHmac('sha256', key).update(text, 'utf8').digest();
}

export function upperHex(bytes: Buffer): string {
  return bytes.toString('hex').toUpperCase();
}

export function lowerHex(bytes: Buffer): string {
  return bytes.toString('hex');
}

/** new BigInteger(1, bytes).toString(16), as Java writes it. */
export function bigIntegerHex(bytes: Buffer): string {
  return BigInt(`0x${lowerHex(bytes)}`).toString(16);
}

/** Integer.toHexString(b & 0xff) of each byte, as Java writes it. */
export function byteByByteHex(bytes: Buffer): string {
  return Array.from(bytes, (byte) => byte.toString(16)).join('');
}

export function base64(bytes: Buffer): string {
  return bytes.toString('base64');
}

/** As java.util's MIME encoder and android's Base64.DEFAULT break lines; android's ends with one more. */
export function wrappedBase64(bytes: Buffer, ending: '' | '\n'): string {
  return base64(bytes).replace(/(.{76})(?=.)/g, '$1\n') + ending;
}

/** Base64 of the SPKI, as it is registered, and of the PKCS#8. */
export interface KeyPair {
  readonly publicKey: string;
  readonly privateKey: string;
}

export function newKeyPair(): KeyPair {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 1024,
    publicKeyEncoding: { type: 'spki', format: 'der' },
    privateKeyEncoding: { type: 'pkcs8', format: 'der' },
  });
  return { publicKey: base64(publicKey), privateKey: base64(privateKey) };
}

export type RsaAlgorithm = 'RSA-SHA256' | 'RSA-SHA1' | 'RSA-MD5';

export function rsaSign(text: string, algorithm: RsaAlgorithm, privateKey: string): Buffer {
  return sign(algorithm, Buffer.from(text, 'utf8'), privateKeyOf(privateKey));
}

export function privateKeyOf(privateKey: string) {
  return createPrivateKey({ key: Buffer.from(privateKey, 'base64'), format: 'der', type: 'pkcs8' });
}

export function rsaEncrypt(text: string, publicKey: string): Buffer {
  const key = createPublicKey({ key: Buffer.from(publicKey, 'base64'), format: 'der', type: 'spki' });
  return publicEncrypt({ key, padding: constants.RSA_PKCS1_PADDING }, Buffer.from(text, 'utf8'));
}

const HEADER_NAME = /^\s*(?:version|msgid|timestamp|appid)\s*$/i;

/** 2.4: four fields stand in the header, all the others in the body. */
export function envelope(fields: Fields): Fields {
  const entries = Object.entries(fields);
  return {
    header: Object.fromEntries(entries.filter(([name]) => HEADER_NAME.test(name))),
    body: Object.fromEntries(entries.filter(([name]) => !HEADER_NAME.test(name))),
  };
}

export interface Wire {
  readonly method: string;
  readonly path: string;
  /** Name, value, name, value …, in addition to Host and Content-Length. */
  readonly headers: readonly string[];
  readonly body: string | Buffer;
  /** Sends chunks without Content-Length, like HTTP libraries that stream. */
  readonly chunked?: boolean;
}

export interface Reply {
  readonly requestId: string;
  readonly resultCode: string | undefined;
}

/** Sends on a separate connection, and reads the result code of either interface. */
export function post(base: string, { method, path, headers, body, chunked = false }: Wire): Promise<Reply> {
  const { hostname, port, host } = new URL(base);
  const length = chunked ? [] : ['Content-Length', String(Buffer.byteLength(body))];
  return new Promise((resolve, reject) => {
    const sent = request(
      { hostname, port, method, path, agent: false, headers: ['Host', host, ...headers, ...length] },
      (answer) => {
        const parts: Buffer[] = [];
        answer.on('data', (part: Buffer) => parts.push(part));
        answer.on('error', reject);
        answer.on('end', () => {
          const requestId = String(answer.headers['x-mock-request-id']);
          resolve({ requestId, resultCode: resultCodeIn(Buffer.concat(parts).toString('utf8')) });
        });
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}

export function resultCodeIn(text: string): string | undefined {
  const answer = JSON.parse(text) as {
    readonly resultCode?: string;
    readonly header?: { readonly resultCode?: string };
  };
  return answer.resultCode ?? answer.header?.resultCode;
}
