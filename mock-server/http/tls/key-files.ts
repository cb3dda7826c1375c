/** The files in the local CA's folder. No other user may write to them, no symbolic link is followed, and writing is atomic. */
import { randomUUID } from 'node:crypto';
import {
  closeSync,
  constants,
  existsSync,
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
import { dirname } from 'node:path';
import { type Bilingual, BilingualError } from '../../../src/text/bilingual.js';
import { hasCode } from '../../../src/text/error-message.js';

const OWNER_ONLY_FILE = 0o600;
const OWNER_ONLY_DIR = 0o700;
const READABLE_FILE = 0o644;
const MODE_BITS = 0o7777;
const PERMISSION_BITS = 0o777;
const WRITABLE_BY_OTHERS = 0o022;
const ROOT = 0;
// Without O_NONBLOCK, opening a named pipe would wait for a writer.
const OPENED_AS = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;

/** Creates the folder if it is missing. Throws if another user can write to it. The folder can be a symbolic link. */
export function secureFolder(dir: string): void {
  createFolder(dir);
  refuseOtherWriters(dir, statSync(dir));
}

/** Each missing level by itself. Node's `recursive` never ends below /proc, where no folder can be created. */
function createFolder(dir: string): void {
  const parent = dirname(dir);
  // A drive of Windows that does not exist is its own parent.
  if (parent !== dir && !existsSync(parent)) createFolder(parent);
  try {
    mkdirSync(dir, { mode: OWNER_ONLY_DIR });
  } catch (error) {
    // It may exist, or another process may have created it meanwhile.
    if (!existsSync(dir) || !statSync(dir).isDirectory()) throw error;
  }
}

/** Reads a file with a private key; undefined if it does not exist. All checks use the opened descriptor. */
export function readKeyFile(file: string): string | undefined {
  const descriptor = openUnlessMissing(file);
  if (descriptor === undefined) return undefined;
  try {
    const stats = fstatSync(descriptor);
    if (!stats.isFile()) throw irregular(file, FOLDER_PIPE_OR_DEVICE);
    refuseOtherWriters(file, stats);
    // Only root can change root's file, so it keeps its mode.
    const isOurs = stats.uid === process.geteuid?.();
    if (isOurs && (stats.mode & PERMISSION_BITS) !== OWNER_ONLY_FILE) fchmodSync(descriptor, OWNER_ONLY_FILE);
    return readFileSync(descriptor, 'utf8');
  } finally {
    closeSync(descriptor);
  }
}

/** Writes the file, and replaces an existing one. */
export function replaceKeyFile(file: string, text: string): void {
  replaceFile(file, { text, mode: OWNER_ONLY_FILE });
}

/** Writes the file, unless it exists. Linking, unlike renaming, never replaces a file. */
export function makeKeyFile(file: string, text: string): void {
  const temporary = writeTemporary(file, { text, mode: OWNER_ONLY_FILE });
  try {
    linkUnlessThere(temporary, file);
  } finally {
    rmSync(temporary);
  }
}

/** Creates a hard link. Returns false if the name exists. */
export function linkUnlessThere(file: string, name: string): boolean {
  try {
    linkSync(file, name);
    return true;
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false;
    throw error;
  }
}

/** Writes a world-readable file, only if its text differs, so that a complete folder can be read-only. */
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
    // FreeBSD reports EMLINK.
    throw hasCode(error, 'ELOOP') || hasCode(error, 'EMLINK') ? irregular(file, SYMBOLIC_LINK) : error;
  }
}

const FOLDER_PIPE_OR_DEVICE: Bilingual = { en: 'a folder, pipe or device', zh: '目录、管道或设备' };
const SYMBOLIC_LINK: Bilingual = { en: 'a symbolic link', zh: '符号链接' };

function irregular(file: string, found: Bilingual): BilingualError {
  return new BilingualError({
    en: `${file} must be a regular file, found ${found.en}: remove it, and it is created again`,
    zh: `${file} 应为普通文件，实际为${found.zh}：删除它即可，会重新生成`,
  });
}

/** As ssh does for its keys. Windows has no numeric owners, and reports mode 666 for every file. */
function refuseOtherWriters(path: string, { uid, mode }: Stats): void {
  const user = process.geteuid?.();
  if (user === undefined) return;
  if ((uid === user || uid === ROOT) && (mode & WRITABLE_BY_OTHERS) === 0) return;
  const shownMode = (mode & MODE_BITS).toString(8);
  throw new BilingualError({
    en:
      `${path} must belong to this user (${user}) or root, and only its owner may write to it; ` +
      `found owner ${uid} and mode ${shownMode}: run chown and chmod go-w, or use another folder`,
    zh:
      `${path} 应属于当前用户（${user}）或 root，且只有属主可以写入，` +
      `实际属主为 ${uid}，权限为 ${shownMode}：请执行 chown 和 chmod go-w，或换一个目录`,
  });
}
