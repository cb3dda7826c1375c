/** On a full disk, no part of a private key is left next to the file that could not be written. */
import fs, { readdirSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { createFile, keepFile, OWNER_ONLY } from '../../../mock-server/http/tls/local-ca.js';
import { temporaryFolder } from '../../support/files.js';

/** A disk that has room for three characters. The modules of a worker are shared, so the spy stands in Node's own module. */
function fillDisk() {
  const { writeFileSync } = fs;
  const spy = vi.spyOn(fs, 'writeFileSync').mockImplementation((file, text, options) => {
    writeFileSync(file, String(text).slice(0, 3), options);
    throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
  });
  syncBuiltinESMExports();
  onTestFinished(() => {
    spy.mockRestore();
    syncBuiltinESMExports();
  });
}

test.each([
  { name: 'createFile', write: (file: string) => createFile(file, 'private key') },
  { name: 'keepFile', write: (file: string) => keepFile(file, 'private key', OWNER_ONLY) },
])('$name', ({ write }) => {
  const folder = temporaryFolder();
  fillDisk();
  expect(() => write(join(folder, 'server.pem'))).toThrow('ENOSPC');
  expect(readdirSync(folder)).toEqual([]);
});
