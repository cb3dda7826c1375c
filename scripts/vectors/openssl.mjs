/** The openssl command: all of the cryptography behind the vectors. None of it is this project's, nor Node's. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The fixed key pairs, by name: PKCS#8 and SPKI in Base64, as the portal takes them. */
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

const known = new Map();

/** What a command makes of an input: asked once, since many tests begin with the same digest or signature. */
function made(args, input) {
  const question = `${args.join(' ')} ${Buffer.from(input).toString('hex')}`;
  if (!known.has(question)) known.set(question, openssl(args, input));
  return Buffer.from(known.get(question));
}

/** `md5`, `sha1`, `sha256` … of a text (UTF-8) or bytes. */
export function digest(name, input) {
  return made(['dgst', `-${name}`, '-binary'], input);
}

/** The key is a text (UTF-8) or bytes. */
export function hmac(name, key, input) {
  const hexKey = Buffer.from(key).toString('hex');
  return made(['dgst', `-${name}`, '-mac', 'HMAC', '-macopt', `hexkey:${hexKey}`, '-binary'], input);
}

/** RSASSA-PKCS1-v1_5, which is the same each time. */
export function signature(name, input, key = 'appSign') {
  return made(['dgst', `-${name}`, '-sign', privateFile(key), '-binary'], input);
}

/** A whole block to the power of the private exponent. */
export function privatelyRaised(block, key) {
  return openssl(['pkeyutl', '-decrypt', '-inkey', privateFile(key), '-pkeyopt', 'rsa_padding_mode:none'], block);
}

/** A whole block to the power of the public exponent. */
export function publiclyRaised(block, key) {
  const keyArguments = ['-pubin', '-inkey', publicFile(key)];
  return openssl(['pkeyutl', '-encrypt', ...keyArguments, '-pkeyopt', 'rsa_padding_mode:none'], block);
}

/** The modulus of a pair. */
export function modulus(key) {
  const line = openssl(['rsa', '-pubin', '-in', publicFile(key), '-modulus', '-noout']).toString();
  return BigInt(`0x${line.trim().split('=')[1]}`);
}

/** The two primes of a pair. */
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

/** The SPKI, in Base64, of a pair's modulus with another exponent. */
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
