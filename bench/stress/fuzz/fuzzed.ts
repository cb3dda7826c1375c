/** A fuzzed request: its bytes, how they are sent, and the expected response. */
import type { Operation } from '../../../contracts/index.js';
import type { WireRequest } from '../../../contracts/provider/subject.js';

/** The expected kind of response. */
export type Expected =
  | { readonly kind: 'carrier'; readonly operation: Operation; readonly misuse: boolean }
  /** An operation of the control API's document; undefined for a path that it does not have. */
  | { readonly kind: 'control'; readonly operationId: string | undefined }
  /** A path that neither the carrier nor the control API has. */
  | { readonly kind: 'stray' }
  /** Possibly not HTTP: any of these, a 4xx of the runtime, or no response. */
  | { readonly kind: 'bytes' };

export interface Fuzzed {
  readonly index: number;
  readonly bytes: Buffer;
  readonly expected: Expected;
  /** The request, if it is complete, as from a client. */
  readonly wire: WireRequest | undefined;
}

/** Returns the request's bytes. A wrong Content-Length in its headers is kept. */
export function bytesOf({ method, path, headers, body, chunked }: WireRequest): Buffer {
  const length = chunked === true ? 'Transfer-Encoding: chunked' : `Content-Length: ${body.length}`;
  const lines = [`${method} ${path} HTTP/1.1`, 'Host: 127.0.0.1', ...headers.map((pair) => pair.join(': ')), length];
  const head = Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1');
  return Buffer.concat([head, chunked === true ? inChunks(body) : body]);
}

function inChunks(body: Buffer): Buffer {
  const half = Math.floor(body.length / 2);
  const parts = [body.subarray(0, half), body.subarray(half), Buffer.alloc(0)];
  // An empty chunk ends a body, so only the last one may be empty.
  const kept = parts.filter(({ length }, at) => length > 0 || at === parts.length - 1);
  return Buffer.concat(
    kept.flatMap((part) => [Buffer.from(`${part.length.toString(16)}\r\n`), part, Buffer.from('\r\n')]),
  );
}
