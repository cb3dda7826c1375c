/** The errors of calls of the control API. */
import type { Problem } from './schemas.js';

/** The server refused the call. The message is the server's. */
export class ControlRefusal extends Error {
  override readonly name = 'ControlRefusal';
  readonly status: number;
  /** A JSON Pointer to the invalid field, if the server names one. */
  readonly pointer: string | undefined;

  constructor({ status, detail, pointer }: Pick<Problem, 'status' | 'detail' | 'pointer'>) {
    super(detail);
    this.status = status;
    this.pointer = pointer;
  }
}

/** No response: the server or the network is down. */
export class ServerUnreachable extends Error {
  override readonly name = 'ServerUnreachable';
}

export const UNAUTHORIZED = 401;
