/** The types that are computed from rows are published with their fields, and each field has the comment of its row. */
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { writtenOut } from '../../../scripts/lib/written-out.js';

const PROGRAM = writtenOut(['mock-server/server.ts', 'src/index.ts']);

function textOf(module: string, name: string): string {
  const text = PROGRAM.getSourceFile(resolve(module))?.text ?? '';
  return (
    new RegExp(`/\\*\\*(?:(?!\\*/)[^])*\\*/\\nexport interface ${name} \\{[^]*?\\n\\}`).exec(
      text,
    )?.[0] ?? ''
  );
}

test.each([
  {
    module: 'mock-server/options/server-options.ts',
    name: 'MockServerOptions',
    parts: [
      '/** The options of a server. All are optional. */\n',
      '\n  /** The content of a configuration file. */\n  readonly configuration?: ConfigurationInput;\n',
      '\n  /** The address to listen on; by default 127.0.0.1. */\n  readonly host?: string;\n',
      '\n  readonly trustProxy?: readonly string[];\n',
      '\n  readonly requestTimeoutMs?: number;\n',
    ],
  },
  {
    module: 'src/client/settings.ts',
    name: 'CmpassportClientSettings',
    parts: [
      '\n  readonly appId: string;\n',
      '\n  /** Default: `https://www.cmpassport.com`. A path after the host is kept. */\n  readonly baseUrl?: string | undefined;\n',
      '\n  readonly fetch?: Fetch | undefined;\n',
      '\n  readonly onRequest?: ((event: RequestEvent) => void) | undefined;\n',
    ],
  },
  {
    module: 'src/client/settings.ts',
    name: 'CmpassportCredentials',
    parts: ['\n  readonly appKey?: Secret | undefined;\n'],
  },
  {
    module: 'src/client/credentials.ts',
    name: 'CmpassportKeys',
    parts: [
      '\n  readonly appSignPrivateKey?: KeySecret | undefined;\n',
      '\n  readonly sign?: Signer | undefined;\n',
    ],
  },
])('$name is written out', ({ module, name, parts }) => {
  const text = textOf(module, name);
  for (const part of parts) expect(text).toContain(part);
  const fields = text.split('\n').flatMap((line, at, lines) => {
    const [, field] = /^ {2}readonly (\w+)/.exec(line) ?? [];
    return field === undefined ? [] : [{ field, before: lines[at - 1] }];
  });
  expect(fields.filter(({ before }) => !before?.endsWith('*/'))).toEqual([]);
});
