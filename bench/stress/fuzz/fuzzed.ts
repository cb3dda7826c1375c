/** A fuzzed request: its bytes, how they are sent, and what may come back. */
import type { Operation } from '../../../contracts/index.js';
import type { WireRequest } from '../../../contracts/provider/subject.js';

/** Whose answer is due. */
export type Due =
  | { readonly kind: 'carrier'; readonly operation: Operation; readonly misuse: boolean }
  /** An operation of the control API's document; undefined for a path that it does not have. */
  | { readonly kind: 'control'; readonly operationId: string | undefined }
  | { readonly kind: 'nobody' }
  /** Perhaps no HTTP at all: any of these, or the runtime's own 4xx, or nothing. */
  | { readonly kind: 'bytes' };

export interface Fuzzed {
  readonly index: number;
  readonly bytes: Buffer;
  readonly due: Due;
  /** Where it is a whole request, which any client could send. */
  readonly wire: WireRequest | undefined;
}

/** The request as it goes onto the wire; what its headers say of the body's length is left as it is. */
export function bytesOf({ method, path, headers, body, chunked }: WireRequest): Buffer {
  const length = chunked === true ? 'Transfer-Encoding: chunked' : `Content-Length: ${body.length}`;
  const lines = [`${method} ${path} HTTP/1.1`, 'Host: 127.0.0.1', ...headers.map((pair) => pair.join(': ')), length];
  const head = Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1');
  return Buffer.concat([head, chunked === true ? inChunks(body) : body]);
}

function inChunks(body: Buffer): Buffer {
  const half = Math.floor(body.length / 2);
  const parts = [body.subarray(0, half), body.subarray(half), Buffer.alloc(0)];
  // An empty chunk ends a body, so that only the last may be one.
  const kept = parts.filter(({ length }, at) => length > 0 || at === parts.length - 1);
  return Buffer.concat(
    kept.flatMap((part) => [Buffer.from(`${part.length.toString(16)}\r\n`), part, Buffer.from('\r\n')]),
  );
}
