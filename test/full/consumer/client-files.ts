/** Clients' texts as files, in a folder from which they can import what is installed. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { onTestFinished } from 'vitest';

const FOLDER = 'node_modules/.consumer-clients';
const files = { made: 0 };

/** A client's text as a file, and how to remove it. */
export function writtenClient(name: string, text: string): { readonly path: string; remove(): void } {
  mkdirSync(FOLDER, { recursive: true });
  files.made += 1;
  const path = resolve(FOLDER, `${name}.${process.pid}.${files.made}.mjs`);
  writeFileSync(path, text);
  return { path, remove: () => rmSync(path) };
}

/** The same, until the test is done: not for tests that run at once. */
export function clientFile(name: string, text: string): string {
  const { path, remove } = writtenClient(name, text);
  onTestFinished(remove);
  return path;
}
