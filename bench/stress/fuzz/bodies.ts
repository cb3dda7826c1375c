/** Changes a request's body as text or as bytes: unusual JSON, and bytes that are not JSON. */
import { gzipSync } from 'node:zlib';
import type { Random } from '../random.js';
import { oddValue } from './odd-values.js';

const BODY_BYTES_MAX = 64 * 1024;
const NESTED = 10_000;
const INSERTED_MAX = 20;

type Spoil = (body: Buffer, random: Random) => Buffer;

function asText(change: (text: string, random: Random) => string): Spoil {
  return (body, random) => Buffer.from(change(body.toString(), random));
}

/** A duplicate member. The last one wins. */
const twice = asText((text, random) => {
  const [, name = 'token'] = /"(\w+)":/.exec(text.slice(random.below(text.length + 1))) ?? [];
  return text.replace(/\}\s*$/, `,${JSON.stringify(name)}:${JSON.stringify(oddValue(random))}}`);
});

const SPOILS: readonly Spoil[] = [
  twice,
  asText((text) => `\u{feff}${text}`),
  asText((text) => `\u{feff}\u{feff}${text}`),
  asText((text) => `${text}${text}`),
  asText((text) => ` \r\n\t${text} \r\n`),
  asText((text) => `[${text}]`),
  asText((text) => JSON.stringify(text)),
  asText((text) => text.replaceAll('"', "'")),
  asText((text) => text.replace(/\}\s*$/, ',}')),
  asText((text) => text.replace(/:"/g, ':1e999,"x":"')),
  asText((text) => text.replace(/[a-z]/g, (letter) => `\\u00${letter.charCodeAt(0).toString(16)}`)),
  asText((text) => text.replace('{', '{"__proto__":{"appid":"main"},"constructor":{"prototype":1},')),
  asText((text) => text.replace('{', `{"deep":${'['.repeat(NESTED)}${']'.repeat(NESTED)},`)),
  asText((text) => text.replace('{', `{"deep":${'{"a":'.repeat(NESTED)}`)),
  asText((text) => text.replace('{', '{"\\ud800":"\\udfff","":"",')),
  asText((text) => new URLSearchParams({ json: text }).toString()),
  (body) => Buffer.from(body.toString(), 'utf16le'),
  (body) => gzipSync(body),
  (body, random) => padded(body, BODY_BYTES_MAX + random.pick([-1, 0, 1])),
  (body, random) => body.subarray(0, random.below(body.length + 1)),
  (body, random) => body.subarray(random.below(body.length + 1)),
  flipped,
  inserted,
  (_, random) => random.bytes(random.below(300)),
  () => Buffer.alloc(0),
];

export function spoiledBody(body: Buffer, random: Random): Buffer {
  return random.pick(SPOILS)(body, random);
}

/** Fills with white space to a size. Up to the limit, the body stays valid. */
function padded(body: Buffer, bytes: number): Buffer {
  return Buffer.concat([body, Buffer.alloc(Math.max(0, bytes - body.length), ' ')]);
}

export function flipped(bytes: Buffer, random: Random): Buffer {
  const changed = Buffer.from(bytes);
  const at = random.below(bytes.length + 1);
  if (at < bytes.length) changed[at] = (changed[at] ?? 0) ^ (1 << random.below(8));
  return changed;
}

export function inserted(bytes: Buffer, random: Random): Buffer {
  const at = random.below(bytes.length + 1);
  return Buffer.concat([bytes.subarray(0, at), random.bytes(random.below(INSERTED_MAX)), bytes.subarray(at)]);
}
