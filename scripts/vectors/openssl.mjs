/** The openssl command does all cryptography of the vectors. No code of this project or of Node is involved. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The fixed key pairs, by name: PKCS#8 and SPKI in Base64, as the portal accepts them. */
export const KEYS = JSON.parse(readFileSync(new URL('../../fixtures/vectors/keys.json', import.meta.url), 'utf8')).keys;

const folder = mkdtempSync(join(tmpdir(), 'vectors-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
for (const [name, { privatePkcs8Base64, publicSpkiBase64 }] of Object.entries(KEYS)) {
  writeFileSync(privateFile(name), pem('PRIVATE KEY', privatePkcs8Base64));
  writeFileSync(publicFile(name), pem('PUBLIC KEY', publicSpkiBase64));
}

function privateFile(name) {
  return join(folder, `${name}.pem`);
}

function publicFile(name) {
  return join(folder, `${name}.public.pem`);
}

function pem(label, base64) {
  return `-----BEGIN ${label}-----\n${base64.match(/.{1,64}/g).join('\n')}\n-----END ${label}-----\n`;
}

function openssl(args, input) {
  return execFileSync('openssl', args, { input, stdio: ['pipe', 'pipe', 'pipe'] });
}

const cache = new Map();

/** Runs each command once for an input, because many tests start from the same digest or signature. */
function cachedOpenssl(args, input) {
  const id = `${args.join(' ')} ${Buffer.from(input).toString('hex')}`;
  if (!cache.has(id)) cache.set(id, openssl(args, input));
  return Buffer.from(cache.get(id));
}

/** `md5`, `sha1`, `sha256` … of a text (UTF-8) or bytes. */
export function digest(name, input) {
  return cachedOpenssl(['dgst', `-${name}`, '-binary'], input);
}

/** The key is a text (UTF-8) or bytes. */
export function hmac(name, key, input) {
  const hexKey = Buffer.from(key).toString('hex');
  return cachedOpenssl(['dgst', `-${name}`, '-mac', 'HMAC', '-macopt', `hexkey:${hexKey}`, '-binary'], input);
}

/** RSASSA-PKCS1-v1_5, which is deterministic. */
export function signature(name, input, key = 'appSign') {
  return cachedOpenssl(['dgst', `-${name}`, '-sign', privateFile(key), '-binary'], input);
}

/** Raises a whole block to the power of the private exponent. */
export function privatePower(block, key) {
  return openssl(['pkeyutl', '-decrypt', '-inkey', privateFile(key), '-pkeyopt', 'rsa_padding_mode:none'], block);
}

/** Raises a whole block to the power of the public exponent. */
export function publicPower(block, key) {
  const keyArguments = ['-pubin', '-inkey', publicFile(key)];
  return openssl(['pkeyutl', '-encrypt', ...keyArguments, '-pkeyopt', 'rsa_padding_mode:none'], block);
}

export function modulus(key) {
  const line = openssl(['rsa', '-pubin', '-in', publicFile(key), '-modulus', '-noout']).toString();
  return BigInt(`0x${line.trim().split('=')[1]}`);
}

export function primes(key) {
  const text = openssl(['rsa', '-in', privateFile(key), '-text', '-noout']).toString();
  const numberOf = (name) =>
    BigInt(
      `0x${text
        .split(`${name}:`)[1]
        .match(/^(?:\s+(?:[0-9a-f]{2}:?)+)+/)[0]
        .replace(/[\s:]/g, '')}`,
    );
  return [numberOf('prime1'), numberOf('prime2')];
}

/** Returns the SPKI, in Base64, of a pair's modulus with another exponent. */
export function withExponent(key, exponent) {
  const file = join(folder, 'spki.cnf');
  writeFileSync(
    file,
    [
      'asn1 = SEQUENCE:spki',
      '[spki]\nalgorithm = SEQUENCE:algorithm\nkey = BITWRAP,SEQUENCE:key',
      '[algorithm]\nname = OID:rsaEncryption\nparameters = NULL',
      `[key]\nmodulus = INTEGER:0x${modulus(key).toString(16)}\nexponent = INTEGER:${exponent}`,
    ].join('\n'),
  );
  const der = join(folder, 'spki.der');
  openssl(['asn1parse', '-genconf', file, '-noout', '-out', der]);
  return readFileSync(der).toString('base64');
}
