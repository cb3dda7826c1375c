/** The pieces of a body put together: a client may send each byte as a chunk, and each is an object of 150 bytes otherwise. */
import type { IncomingMessage } from 'node:http';

const FIRST_BYTES = 4 * 1024;
const EMPTY = Buffer.alloc(0);

/** Bytes in one buffer that grows; a single piece, as nearly every body comes in, is kept as it is. */
export class Bytes {
  #buffer: Buffer | undefined;
  #length = 0;

  get length(): number {
    return this.#length;
  }

  append(piece: Buffer): void {
    const length = this.#length + piece.length;
    if (this.#buffer === undefined) this.#buffer = piece;
    else {
      if (length > this.#buffer.length) this.#grow(length);
      piece.copy(this.#buffer, this.#length);
    }
    this.#length = length;
  }

  take(): Buffer {
    const buffer = this.#buffer ?? EMPTY;
    const taken = buffer.length === this.#length ? buffer : buffer.subarray(0, this.#length);
    this.#buffer = undefined;
    this.#length = 0;
    return taken;
  }

  #grow(length: number): void {
    const grown = Buffer.allocUnsafe(Math.max(length, 2 * this.#length, FIRST_BYTES));
    this.#buffer?.copy(grown, 0, 0, this.#length);
    this.#buffer = grown;
  }
}

// As much as Node lets wait in a stream that nobody reads.
const PIECE_BYTES = 16 * 1024;

/** Keeps the rest of a request's body back until it is released. Then it comes in pieces of this size. */
export function holdBody(req: IncomingMessage): { release(): void } {
  const bytes = new Bytes();
  const { push } = req;
  let isHeld = true;
  let isEnded = false;
  const flush = (): boolean => bytes.length === 0 || push.call(req, bytes.take());
  req.push = (piece: Buffer | null): boolean => {
    if (piece !== null) bytes.append(piece);
    else isEnded = true;
    if (isHeld) return bytes.length < PIECE_BYTES;
    if (!isEnded) return bytes.length < PIECE_BYTES || flush();
    flush();
    return push.call(req, null);
  };
  return {
    release: () => {
      isHeld = false;
      flush();
      if (isEnded) push.call(req, null);
    },
  };
}
