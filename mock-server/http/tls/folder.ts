/** The folder of the local CA. Each file appears in it complete. */
import { randomUUID } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { BilingualError } from '../../../src/text/bilingual.js';
import { hasCode } from '../../../src/text/error-message.js';

export const OWNER_ONLY = 0o600;
export const READABLE = 0o644;
const OWNER_ONLY_FOLDER = 0o700;
const MODE_BITS = 0o7777;
const WRITABLE_BY_OTHERS = 0o022;
const ROOT = 0;

/** Creates the folder if it is missing. Throws if another user can write to it, because clients will trust its CA. */
export function secureFolder(dir: string): void {
  mkdirSync(dir, { recursive: true, mode: OWNER_ONLY_FOLDER });
  const { uid, mode } = statSync(dir);
  // Windows has no numeric owners, and reports mode 666 for every file.
  const user = process.geteuid?.();
  if (user === undefined) return;
  if ((uid === user || uid === ROOT) && (mode & WRITABLE_BY_OTHERS) === 0) return;
  const shownMode = (mode & MODE_BITS).toString(8);
  throw new BilingualError({
    en:
      `${dir} must belong to this user (${user}) or root, and only its owner may write to it; ` +
      `found owner ${uid} and mode ${shownMode}: run chown and chmod go-w, or use another folder`,
    zh:
      `${dir} 应属于当前用户（${user}）或 root，且只有属主可以写入，` +
      `实际属主为 ${uid}，权限为 ${shownMode}：请执行 chown 和 chmod go-w，或换一个目录`,
  });
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}

/** Creates a file for its owner only. Returns false if it exists: of two processes, one creates it. */
export function createFile(file: string, text: string): boolean {
  const temporary = writeTemporary(file, text, OWNER_ONLY);
  try {
    // Unlike renaming, linking never replaces a file.
    linkSync(temporary, file);
    return true;
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false;
    throw error;
  } finally {
    rmSync(temporary);
  }
}

/** Writes the file only if its text differs, so that a complete folder can be read-only. */
export function keepFile(file: string, text: string, mode: number): void {
  if (readIfThere(file) !== text) renameSync(writeTemporary(file, text, mode), file);
}

function writeTemporary(file: string, text: string, mode: number): string {
  const temporary = `${file}.${randomUUID()}`;
  writeFileSync(temporary, text, { mode, flag: 'wx' });
  return temporary;
}
