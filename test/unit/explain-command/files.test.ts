/** The files that `explain` reads, in unusual forms: each error is one sentence, and no more is read than the limit. */
import { truncateSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readJsonFile, readStream, readTextFile } from '../../../mock-server/cli/explain/files.js';
import { temporaryFile, temporaryFolder } from '../../support/files.js';

const BYTES_MAX = 64 * 1024 * 1024;

function fileOf(bytes: number): string {
  const file = temporaryFile('large', '');
  truncateSync(file, bytes);
  return file;
}

describe('a file', () => {
  test('of 64 MiB is read completely', () => {
    expect(readTextFile({ file: fileOf(BYTES_MAX) })).toHaveLength(BYTES_MAX);
  });

  test('of one byte more is refused', () => {
    const file = fileOf(BYTES_MAX + 1);
    expect(() => readTextFile({ file })).toThrow(`the request ${file}: is larger than 64 MiB`);
  });

  // Windows has no such device.
  test.skipIf(process.platform === 'win32')('that never ends is refused', () => {
    expect(() => readTextFile({ file: '/dev/zero', flag: 'app' })).toThrow('--app /dev/zero: is larger than 64 MiB');
  });

  test('that is a folder is refused', () => {
    expect(() => readTextFile({ file: temporaryFolder() })).toThrow('is a folder');
  });
});

describe('an app', () => {
  const read = (text: string) => () => readJsonFile(() => text, { file: 'app.json', flag: 'app' });

  test('that is nested too deeply is refused', () => {
    const appId = '['.repeat(20_000) + ']'.repeat(20_000);
    expect(read(`{"appId":${appId}}`)).toThrow('--app app.json: is nested too deeply for an app');
  });

  test.each(['\u001b]0;title\u0007', '\u0000', 'a\r\nb'])(
    'that is not JSON (%j) is quoted without control characters',
    (text) => {
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these must not be in the message
      expect(read(text)).toThrow(/^--app app\.json: is not JSON \([^\u0000-\u001f\u007f]+$/);
    },
  );
});

describe('standard input', () => {
  async function* pieces(count: number) {
    for (let at = 0; at < count; at += 1) yield Buffer.alloc(1024 * 1024);
  }

  test('of 64 MiB is read completely', async () => {
    expect(await readStream(pieces(64))).toHaveLength(BYTES_MAX);
  });

  test('that never ends is refused', async () => {
    await expect(readStream(pieces(Number.POSITIVE_INFINITY))).rejects.toThrow('larger than 64 MiB');
  });
});
