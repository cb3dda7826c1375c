/** Reads the published data of an operation. dist/ has no second copy of it. */
import { readFileSync } from 'node:fs';
import type { Operation } from '../index.js';

// The built code is in dist/, next to contracts/.
const FOLDER = new URL(import.meta.url.endsWith('.ts') ? '../' : '../contracts/', import.meta.url);

/** The names of files and folders have the operation in kebab-case. */
export function stemOf(operation: Operation): string {
  return operation.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** The JSON of a file below contracts/. A test checks each file against its schema. */
export function publishedData<T>(path: string): T {
  return JSON.parse(readFileSync(new URL(path, FOLDER), 'utf8'));
}
