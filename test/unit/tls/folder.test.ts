/** The local CA's folder: no other user may write to it, and each file appears in it complete. */
import {
  chmodSync,
  chownSync,
  linkSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  createFile,
  keepFile,
  OWNER_ONLY,
  READABLE,
  secureFolder,
} from '../../../mock-server/http/tls/local-ca.js';
import { isCertificateName } from '../../../mock-server/http/tls/names.js';
import { refusalOf } from '../../support/bilingual.js';
import { temporaryFolder } from '../../support/files.js';

const OTHER_USER = 12345;
// Windows has no numeric owners and no modes. Only root can change owners.
const HAS_MODES = process.platform !== 'win32';
const IS_ROOT = process.geteuid?.() === 0;

function folderOf(mode: string): string {
  const folder = temporaryFolder();
  chmodSync(folder, mode);
  return folder;
}

const modeOf = (file: string) => statSync(file).mode & 0o777;

describe.skipIf(!HAS_MODES)('secureFolder', () => {
  test.each(['700', '755', '500'])('accepts mode %s', (mode) => {
    expect(() => secureFolder(folderOf(mode))).not.toThrow();
  });

  test.each(['720', '702', '1777'])('refuses mode %s', async (mode) => {
    const folder = folderOf(mode);
    const user = process.geteuid?.();
    expect(await refusalOf(() => secureFolder(folder))).toBe(
      `${folder} must belong to this user (${user}) or root, and only its owner may write to it; ` +
        `found owner ${user} and mode ${mode}: run chown and chmod go-w, or use another folder`,
    );
  });

  test('checks the folder behind a link', async () => {
    const link = join(temporaryFolder(), 'link');
    symlinkSync(folderOf('770'), link);
    expect(await refusalOf(() => secureFolder(link))).toContain(`${link} must belong to`);
  });

  test.skipIf(!IS_ROOT)('refuses a folder of another user', async () => {
    const folder = folderOf('700');
    chownSync(folder, OTHER_USER, OTHER_USER);
    expect(await refusalOf(() => secureFolder(folder))).toContain(
      `found owner ${OTHER_USER} and mode 700`,
    );
  });

  test('creates a folder and its parents for this user alone', () => {
    const parent = join(temporaryFolder(), 'a');
    secureFolder(join(parent, 'b'));
    expect([parent, join(parent, 'b')].map(modeOf)).toEqual([0o700, 0o700]);
  });
});

test('createFile creates a file for its owner, and does not change an existing one', () => {
  const folder = temporaryFolder();
  const file = join(folder, 'server-1.pem');
  expect([createFile(file, 'first'), createFile(file, 'second')]).toEqual([true, false]);
  expect([readFileSync(file, 'utf8'), readdirSync(folder)]).toEqual(['first', ['server-1.pem']]);
  if (HAS_MODES) expect(modeOf(file)).toBe(0o600);
});

test('keepFile replaces a file only if its text differs', () => {
  const folder = temporaryFolder();
  const file = join(folder, 'ca.pem');
  writeFileSync(file, 'one');
  const first = statSync(file).ino;
  // A second name, so that the next file does not get the same inode.
  linkSync(file, `${file}.kept`);
  keepFile(file, 'one', READABLE);
  expect(statSync(file).ino).toBe(first);
  keepFile(file, 'two', READABLE);
  expect([readFileSync(file, 'utf8'), readFileSync(`${file}.kept`, 'utf8')]).toEqual([
    'two',
    'one',
  ]);
  expect(readdirSync(folder)).toEqual(['ca.pem', 'ca.pem.kept']);
});

test.skipIf(!HAS_MODES)('keepFile sets the mode', () => {
  const folder = temporaryFolder();
  keepFile(join(folder, 'key'), 'key', OWNER_ONLY);
  keepFile(join(folder, 'certificate'), 'certificate', READABLE);
  expect(['key', 'certificate'].map((name) => modeOf(join(folder, name)))).toEqual([0o600, 0o644]);
});

test.each(['a', 'a-b.c_d.test', '*.a.test', '10.0.0.1', '::1'])('"%s" is valid', (name) => {
  expect(isCertificateName(name)).toBe(true);
});

test.each(['', '.', 'a..b', '-a', 'a.*', 'a b', 'a:443'])('"%s" is not valid', (name) => {
  expect(isCertificateName(name)).toBe(false);
});
