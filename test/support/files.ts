/**
 * Temporary folders and files, removed when the test ends. The names of the contract's files and folders: the operations
 * in kebab-case.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { OPERATIONS } from '../../contracts/kit/operations.js';

export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'cmpassport-mock-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Writes a string, or a value as JSON, to a file in a new folder. */
export function temporaryFile(name: string, content: unknown): string {
  const file = join(temporaryFolder(), name);
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
}

export const STEMS: Readonly<Record<string, string>> = Object.fromEntries(
  OPERATIONS.map((operation) => [
    operation,
    operation.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`),
  ]),
);
