/** What can go wrong with a call of the control API, as an error that a view can say in words. */
import type { Problem } from './schemas.js';

/** The server refused: its own words, and the field that they are about. */
export class ControlRefusal extends Error {
  override readonly name = 'ControlRefusal';
  readonly status: number;
  /** A JSON Pointer; undefined where no field is meant. */
  readonly pointer: string | undefined;

  constructor({ status, detail, pointer }: Pick<Problem, 'status' | 'detail' | 'pointer'>) {
    super(detail);
    this.status = status;
    this.pointer = pointer;
  }
}

/** No answer came: the server is gone, or the network is. */
export class ServerUnreachable extends Error {
  override readonly name = 'ServerUnreachable';
}

export const UNAUTHORIZED = 401;
