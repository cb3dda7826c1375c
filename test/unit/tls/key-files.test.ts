/** Only this user or root can write the CA's files, and never through a symbolic link. */
import {
  chmodSync,
  chownSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  keepPublicFile,
  makeKeyFile,
  readKeyFile,
  replaceKeyFile,
  secureFolder,
} from '../../../mock-server/http/tls/key-files.js';
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

function keyFile(mode = '600'): string {
  const file = join(temporaryFolder(), 'ca-key.pem');
  writeFileSync(file, 'key');
  chmodSync(file, mode);
  return file;
}

const modeOf = (file: string) => statSync(file).mode & 0o777;

describe.skipIf(!HAS_MODES)('modes', () => {
  test.each(['700', '755', '500'])('a folder of mode %s is accepted', (mode) => {
    expect(() => secureFolder(folderOf(mode))).not.toThrow();
  });

  test.each(['720', '702', '1777'])('a folder of mode %s is refused', async (mode) => {
    const folder = folderOf(mode);
    const user = process.geteuid?.();
    expect(await refusalOf(() => secureFolder(folder))).toBe(
      `${folder} must belong to this user (${user}) or root, and only its owner may write to it; ` +
        `found owner ${user} and mode ${mode}: run chown and chmod go-w, or use another folder`,
    );
  });

  test('a link to a folder is followed, and the folder is checked', async () => {
    const link = join(temporaryFolder(), 'link');
    const folder = folderOf('700');
    symlinkSync(folder, link);
    expect(() => secureFolder(link)).not.toThrow();
    chmodSync(folder, '770');
    expect(await refusalOf(() => secureFolder(link))).toContain(`${link} must belong to`);
  });

  test.each(['600', '640', '644', '400'])('a key of mode %s is read, and its mode becomes 600', (mode) => {
    const file = keyFile(mode);
    expect(readKeyFile(file)).toBe('key');
    expect(modeOf(file)).toBe(0o600);
  });

  test.each(['620', '602', '666'])('a key of mode %s is refused, and its mode does not change', async (mode) => {
    const file = keyFile(mode);
    expect(await refusalOf(() => readKeyFile(file))).toContain(`found owner ${process.geteuid?.()} and mode ${mode}`);
    expect(modeOf(file)).toBe(Number.parseInt(mode, 8));
  });

  test('a key file is written with mode 600, and a public file with mode 644', () => {
    const folder = temporaryFolder();
    replaceKeyFile(join(folder, 'replaced'), 'key');
    makeKeyFile(join(folder, 'made'), 'key');
    keepPublicFile(join(folder, 'public'), 'certificate');
    expect(['replaced', 'made', 'public'].map((name) => modeOf(join(folder, name)))).toEqual([0o600, 0o600, 0o644]);
  });
});

describe.skipIf(!IS_ROOT)('owners', () => {
  test('a folder of another user is refused', async () => {
    const folder = folderOf('700');
    chownSync(folder, OTHER_USER, OTHER_USER);
    expect(await refusalOf(() => secureFolder(folder))).toContain(`found owner ${OTHER_USER} and mode 700`);
  });

  test('a key of another user is refused', async () => {
    const file = keyFile();
    chownSync(file, OTHER_USER, OTHER_USER);
    expect(await refusalOf(() => readKeyFile(file))).toContain(`found owner ${OTHER_USER} and mode 600`);
  });
});

describe('a folder that does not exist', () => {
  test('is created with its parents, for this user alone', () => {
    const parent = join(temporaryFolder(), 'a');
    secureFolder(join(parent, 'b', 'c'));
    const made = [parent, join(parent, 'b'), join(parent, 'b', 'c')];
    expect(made.map((folder) => statSync(folder).isDirectory())).toEqual([true, true, true]);
    if (HAS_MODES) expect(made.map(modeOf)).toEqual([0o700, 0o700, 0o700]);
  });

  test('is refused if it is a file', () => {
    expect(() => secureFolder(keyFile())).toThrow('EEXIST');
  });

  test('below a file is refused', () => {
    expect(() => secureFolder(join(keyFile(), 'a', 'b'))).toThrow('ENOTDIR');
  });

  test.skipIf(process.platform !== 'linux')('below /proc, which has no other folders, is refused', () => {
    expect(() => secureFolder('/proc/x/y')).toThrow('ENOENT');
  });
});

describe('a file that is not regular', () => {
  test.each([
    { description: 'a link to a key', target: () => keyFile() },
    { description: 'a link without a target', target: () => join(temporaryFolder(), 'none') },
  ])('$description is refused', async ({ target }) => {
    const link = join(temporaryFolder(), 'ca-key.pem');
    symlinkSync(target(), link);
    expect(await refusalOf(() => readKeyFile(link))).toBe(
      `${link} must be a regular file, found a symbolic link: remove it, and it is created again`,
    );
  });

  test('a folder is refused', async () => {
    expect(await refusalOf(() => readKeyFile(folderOf('700')))).toContain(
      'must be a regular file, found a folder, pipe or device',
    );
  });

  test('a missing key is undefined', () => {
    expect(readKeyFile(join(temporaryFolder(), 'ca-key.pem'))).toBeUndefined();
  });
});

describe('writing', () => {
  const WRITERS = [
    { name: 'replaceKeyFile', write: replaceKeyFile },
    { name: 'keepPublicFile', write: keepPublicFile },
  ];

  test.each(WRITERS)('$name replaces a link, and its target does not change', ({ write }) => {
    const [target, folder] = [keyFile(), temporaryFolder()];
    const file = join(folder, 'file.pem');
    symlinkSync(target, file);
    write(file, 'new');
    expect([readFileSync(target, 'utf8'), readFileSync(file, 'utf8')]).toEqual(['key', 'new']);
    expect(lstatSync(file).isFile()).toBe(true);
    expect(readdirSync(folder)).toEqual(['file.pem']);
  });

  test.each(WRITERS)('$name leaves no temporary file after a failure', ({ write }) => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'file.pem', 'full'), { recursive: true });
    expect(() => write(join(folder, 'file.pem'), 'new')).toThrow(/file\.pem/);
    expect(readdirSync(folder)).toEqual(['file.pem']);
  });

  test('a public file is written only if its text differs', () => {
    const file = join(temporaryFolder(), 'ca.pem');
    keepPublicFile(file, 'one');
    const first = statSync(file).ino;
    // A second name, so that the next file does not get the same inode.
    linkSync(file, `${file}.kept`);
    keepPublicFile(file, 'one');
    expect(statSync(file).ino).toBe(first);
    keepPublicFile(file, 'two');
    expect(statSync(file).ino).not.toBe(first);
    expect(readFileSync(file, 'utf8')).toBe('two');
  });

  test('a link is replaced even if its target has the same text', () => {
    const file = join(temporaryFolder(), 'ca.pem');
    symlinkSync(keyFile(), file);
    keepPublicFile(file, 'key');
    expect(lstatSync(file).isSymbolicLink()).toBe(false);
  });

  test('an existing key file does not change', () => {
    const file = keyFile();
    makeKeyFile(file, 'new');
    expect([readFileSync(file, 'utf8'), readdirSync(join(file, '..'))]).toEqual(['key', ['ca-key.pem']]);
    rmSync(file);
    makeKeyFile(file, 'new');
    expect(readFileSync(file, 'utf8')).toBe('new');
  });
});
