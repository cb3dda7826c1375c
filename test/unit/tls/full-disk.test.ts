/** On a full disk, no part of a private key is left next to the file that could not be written. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { createFile, keepFile, OWNER_ONLY } from '../../../mock-server/http/tls/local-ca.js';
import { temporaryFolder } from '../../support/files.js';

vi.mock('node:fs', async (importActual) => {
  const fs = await importActual<typeof import('node:fs')>();
  const writeFileSync: typeof fs.writeFileSync = (file, text, options) => {
    fs.writeFileSync(file, String(text).slice(0, 3), options);
    throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
  };
  return { ...fs, writeFileSync };
});

test.each([
  { name: 'createFile', write: (file: string) => createFile(file, 'private key') },
  { name: 'keepFile', write: (file: string) => keepFile(file, 'private key', OWNER_ONLY) },
])('$name', ({ write }) => {
  const folder = temporaryFolder();
  expect(() => write(join(folder, 'server.pem'))).toThrow('ENOSPC');
  expect(readdirSync(folder)).toEqual([]);
});
