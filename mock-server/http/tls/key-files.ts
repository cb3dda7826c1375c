/** Files of the local CA's folder: no other user may write to them, no symbolic link is followed, and each is written whole. */
import { randomUUID } from 'node:crypto';
import {
  closeSync,
  constants,
  fchmodSync,
  fstatSync,
  linkSync,
  lstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
  writeFileSync,
} from 'node:fs';
import { hasCode } from '../../text/error-message.js';

const OWNER_ONLY_FILE = 0o600;
const OWNER_ONLY_DIR = 0o700;
const READABLE_FILE = 0o644;
const MODE_BITS = 0o7777;
const PERMISSION_BITS = 0o777;
const WRITABLE_BY_OTHERS = 0o022;
const ROOT = 0;
// Without O_NONBLOCK, opening a named pipe would wait for a writer.
const OPENED_AS = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;

/** Makes the folder if it is missing; throws if another user can change what is in it. It may be a symbolic link. */
export function secureFolder(dir: string): void {
  mkdirSync(dir, { recursive: true, mode: OWNER_ONLY_DIR });
  refuseOtherWriters(dir, statSync(dir));
}

/** The text of a file that holds a private key; undefined if there is no such file. All of it is done on what was opened. */
export function readKeyFile(file: string): string | undefined {
  const descriptor = openUnlessMissing(file);
  if (descriptor === undefined) return undefined;
  try {
    const stats = fstatSync(descriptor);
    if (!stats.isFile()) throw irregular(file, 'something else');
    refuseOtherWriters(file, stats);
    // Root's file keeps the mode that root gave it: no other user can change it.
    const isOurs = stats.uid === process.geteuid?.();
    if (isOurs && (stats.mode & PERMISSION_BITS) !== OWNER_ONLY_FILE) fchmodSync(descriptor, OWNER_ONLY_FILE);
    return readFileSync(descriptor, 'utf8');
  } finally {
    closeSync(descriptor);
  }
}

/** The file gets this text, in place of what is there. */
export function replaceKeyFile(file: string, text: string): void {
  replaceFile(file, { text, mode: OWNER_ONLY_FILE });
}

/** The file gets this text unless it is there already: linking, unlike renaming, never replaces. */
export function makeKeyFile(file: string, text: string): void {
  const temporary = writeTemporary(file, { text, mode: OWNER_ONLY_FILE });
  try {
    linkUnlessThere(temporary, file);
  } finally {
    rmSync(temporary);
  }
}

/** Whether the file got a second name; false if that name is taken. */
export function linkUnlessThere(file: string, name: string): boolean {
  try {
    linkSync(file, name);
    return true;
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false;
    throw error;
  }
}

/** A file for everybody to read. It is written only if it differs, so that a folder that is complete may be read-only. */
export function keepPublicFile(file: string, text: string): void {
  const isRegular = lstatSync(file, { throwIfNoEntry: false })?.isFile() === true;
  if (!isRegular || readFileSync(file, 'utf8') !== text) replaceFile(file, { text, mode: READABLE_FILE });
}

interface Content {
  readonly text: string;
  readonly mode: number;
}

function replaceFile(file: string, content: Content): void {
  const temporary = writeTemporary(file, content);
  try {
    renameSync(temporary, file);
  } catch (error) {
    rmSync(temporary);
    throw error;
  }
}

function writeTemporary(file: string, { text, mode }: Content): string {
  const temporary = `${file}.${randomUUID()}`;
  writeFileSync(temporary, text, { mode, flag: 'wx' });
  return temporary;
}

function openUnlessMissing(file: string): number | undefined {
  try {
    return openSync(file, OPENED_AS);
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined;
    // FreeBSD calls it EMLINK.
    throw hasCode(error, 'ELOOP') || hasCode(error, 'EMLINK') ? irregular(file, 'a symbolic link') : error;
  }
}

function irregular(file: string, found: string): Error {
  return new Error(`${file} must be a regular file, found ${found}: remove it, and it is made anew`);
}

/** As ssh does for its keys. Windows has no owners by number, and says mode 666 of every file. */
function refuseOtherWriters(path: string, { uid, mode }: Stats): void {
  const user = process.geteuid?.();
  if (user === undefined) return;
  if ((uid === user || uid === ROOT) && (mode & WRITABLE_BY_OTHERS) === 0) return;
  throw new Error(
    `${path} must belong to this user (${user}) or root, and only its owner may write to it; ` +
      `found owner ${uid} and mode ${(mode & MODE_BITS).toString(8)}: ` +
      'correct that with chown and chmod go-w, or use another folder',
  );
}
