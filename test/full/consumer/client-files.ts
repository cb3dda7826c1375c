/** Writes the sources of clients to a folder inside node_modules, from which they can import packages. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Operation } from '../../../contracts/index.js';

const FOLDER = 'node_modules/.consumer-clients';
const files = { written: 0 };

export function writeClient(name: string, text: string): { readonly path: string; remove(): void } {
  mkdirSync(FOLDER, { recursive: true });
  files.written += 1;
  const path = resolve(FOLDER, `${name}.${process.pid}.${files.written}.mjs`);
  writeFileSync(path, text);
  return { path, remove: () => rmSync(path) };
}

/** Removes the file at the end of the test. Not for concurrent tests. */
export function clientFile(name: string, text: string): string {
  const { path, remove } = writeClient(name, text);
  onTestFinished(remove);
  return path;
}

// A wrong client: base-client.mjs with one mistake.

export interface WrongClient {
  readonly id: string;
  /** Completes "a client that …". */
  readonly does: string;
  readonly operation: Operation;
  /** MD5 or HMAC by default. */
  readonly mode?: 'rsa';
  /** A replacement in the source of the base client. `from` must occur exactly once. */
  readonly change: { readonly from: string; readonly to: string };
  /** Scenarios to run in addition to COMMON_SCENARIOS. */
  readonly scenarios?: readonly string[];
}
