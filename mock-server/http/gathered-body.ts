/** Collects the pieces of a body. A client can send each byte as a chunk, and each Buffer object takes 150 bytes. */

const FIRST_BYTES = 4 * 1024;
const EMPTY = Buffer.alloc(0);

/** One growing buffer. Nearly every body is a single piece, which is not copied. */
export class GrowingBuffer {
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
    const bytes = buffer.length === this.#length ? buffer : buffer.subarray(0, this.#length);
    this.#buffer = undefined;
    this.#length = 0;
    return bytes;
  }

  #grow(length: number): void {
    const larger = Buffer.allocUnsafe(Math.max(length, 2 * this.#length, FIRST_BYTES));
    this.#buffer?.copy(larger, 0, 0, this.#length);
    this.#buffer = larger;
  }
}
