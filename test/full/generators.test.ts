/** The scripts run modules that the compiler has not checked: if one fails, a line says where. */
import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { temporaryFile } from '../support/files.js';

test('a module that cannot be loaded is reported in one line, and leaves nothing behind', async () => {
  const file = temporaryFile(
    'broken.ts',
    'const words: Record<string, { name: string }> = {};\nexport const { name } = words.none;\n',
  );
  const script = `import { run } from './scripts/lib/run.mjs'; await run(${JSON.stringify(file)});`;
  const ran = promisify(execFile)(process.execPath, ['--input-type=module', '-e', script]);
  await expect(ran).rejects.toMatchObject({
    code: 1,
    stdout: '',
    stderr: expect.stringMatching(
      /^\S*broken\.ts:2: Cannot destructure property 'name' of '\S+' as it is undefined\. `npm run types` names what is missing\.\n$/,
    ),
  });
  expect(readdirSync('.').filter((name) => name.includes('broken'))).toEqual([]);
});
