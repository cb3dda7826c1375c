/** A package without the console's files still serves the rest. */
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { serve } from '../../support/command.js';
import { temporaryFolder } from '../../support/files.js';
import { send } from '../../support/mock.js';

test('without the console’s files / is 404, and the control API works', async () => {
  const folder = temporaryFolder();
  const dist = join(folder, 'dist');
  cpSync('dist', dist, { recursive: true, filter: (file) => !file.endsWith('console') });
  cpSync('package.json', join(folder, 'package.json'));
  const { url } = await serve(['--port', '0'], {}, undefined, [process.execPath, join(dist, 'main.js')]);
  expect(await send(url, 'GET', '/')).toMatchObject({
    status: 404,
    json: { detail: expect.stringContaining('dist/console') },
  });
  expect((await send(url, 'GET', '/_mock/apps')).status).toBe(200);
});
