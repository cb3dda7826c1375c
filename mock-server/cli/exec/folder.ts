/** The folder for the files of the command, which exists until the command ends. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { writing } from '../../../src/text/usage-error.js';

export interface Folder {
  readonly path: string;
  /** Returns the path of the file. */
  write(name: string, content: string | Uint8Array): string;
  remove(): void;
}

/** Only this user can read the folder. Throws a UsageError if it cannot be written. */
export function createFolder(): Folder {
  const inside = tmpdir();
  const orThrow = <T>(work: () => T) =>
    writing(process.platform === 'win32' ? 'TEMP' : 'TMPDIR', inside, work);
  const path = orThrow(() => mkdtempSync(join(inside, 'cmpassport-mock-exec-')));
  return {
    path,
    write: (name, content) => {
      const file = join(path, name);
      orThrow(() => {
        mkdirSync(dirname(file), { recursive: true });
        writeFileSync(file, content);
      });
      return file;
    },
    remove: () => rmSync(path, { recursive: true, force: true }),
  };
}
