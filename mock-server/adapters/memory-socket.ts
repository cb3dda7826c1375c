/** A connection made of memory: what is written to it goes to whoever made it, and it can be reset like one of TCP. */
import type { Socket } from 'node:net';
import { Duplex } from 'node:stream';

export interface MemorySocketOptions {
  /** The address that the connection is taken to come from. */
  readonly remoteAddress: string;
  /** Whether it stands for TLS. */
  readonly encrypted: boolean;
  /** Takes some bytes, and calls back when it has room for more. */
  readonly take: (bytes: Buffer, done: () => void) => void;
}

/** What a peer sees of a connection that it was cut off from: the error that Node has for it. */
export function connectionReset(): NodeJS.ErrnoException {
  return Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET', syscall: 'read' });
}

class MemorySocket extends Duplex {
  readonly remoteAddress: string;
  readonly encrypted: boolean;
  readonly #take: MemorySocketOptions['take'];

  constructor({ remoteAddress, encrypted, take }: MemorySocketOptions) {
    super();
    this.remoteAddress = remoteAddress;
    this.encrypted = encrypted;
    this.#take = take;
    // Whoever made it hears of its end by `close`.
    this.on('error', () => undefined);
  }

  override _read(): void {
    // The request does not come this way.
  }

  override _write(bytes: Buffer, _encoding: BufferEncoding, done: () => void): void {
    this.#take(bytes, done);
  }

  resetAndDestroy(): this {
    return this.destroy(connectionReset());
  }
}

/** As much of a socket as Node's HTTP and those behind it ask of one. */
export function memorySocket(options: MemorySocketOptions): Socket {
  return new MemorySocket(options) as unknown as Socket;
}
