/** Requests with changed bytes, including the head, and random bytes. */
import type { WireRequest } from '../../../contracts/provider/subject.js';
import type { Random } from '../random.js';
import { flipped, inserted } from './bodies.js';
import { bytesOf } from './fuzzed.js';

const HEAD_END = '\r\n\r\n';
const RANDOM_MAX = 600;
const LONG_HEADER = 20_000;

/** Lines that a parser must check strictly. They follow the request line. */
const LINES = [
  'Content-Length: 0',
  'Content-Length: 99999999999999999999',
  'Content-Length: -1',
  'Content-Length: 0x10',
  'Content-Length: 5, 5',
  'Transfer-Encoding: chunked',
  'Transfer-Encoding: identity, chunked',
  'Transfer-Encoding:\tchunked',
  'Transfer-Encoding : chunked',
  ' folded: header',
  'No colon at all',
  ': no name',
  'Nul: \0',
  'Host: another.example',
  'Bare: a\nX-Injected: b',
  `Long: ${'a'.repeat(LONG_HEADER)}`,
  'Expect: 200-maybe',
];

type Spoil = (request: Buffer, random: Random) => Buffer;

const SPOILS: readonly Spoil[] = [
  flipped,
  inserted,
  (request, random) => flipped(inserted(request, random), random),
  (request, random) => request.subarray(0, random.below(request.length + 1)),
  (request, random) => request.subarray(random.below(request.length + 1)),
  (request, random) => withLine(request, random.pick(LINES)),
  (request, random) => withLine(withLine(request, random.pick(LINES)), random.pick(LINES)),
  (request) => asLatin1(request, (text) => text.replaceAll('\r\n', '\n')),
  (request) => asLatin1(request, (text) => text.replace('HTTP/1.1', 'HTTP/1.0')),
  (request) => asLatin1(request, (text) => text.replace('HTTP/1.1', 'HTTP/2.0')),
  (request) => asLatin1(request, (text) => text.replace(/^Host: .*\r\n/m, '')),
  (request) => Buffer.concat([request, request, request]),
  (request, random) => Buffer.concat([request, random.bytes(random.below(RANDOM_MAX))]),
  (_, random) => random.bytes(random.below(RANDOM_MAX)),
  (_, random) => Buffer.concat([Buffer.from('POST / HTTP/1.1\r\nHost: a\r\n'), random.bytes(random.below(RANDOM_MAX))]),
];

export function spoiledBytes(wire: WireRequest, random: Random): Buffer {
  return random.pick(SPOILS)(bytesOf(wire), random);
}

function withLine(request: Buffer, line: string): Buffer {
  return asLatin1(request, (text) => text.replace('\r\n', `\r\n${line}\r\n`));
}

/** Changes the head only. */
function asLatin1(request: Buffer, change: (head: string) => string): Buffer {
  const end = request.indexOf(HEAD_END);
  const [head, body] =
    end === -1 ? [request, Buffer.alloc(0)] : [request.subarray(0, end + 4), request.subarray(end + 4)];
  return Buffer.concat([Buffer.from(change(head.toString('latin1')), 'latin1'), body]);
}
