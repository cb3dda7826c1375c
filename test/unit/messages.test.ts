/** The catalogues of messages: their ids, and the errors that carry these. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { readCommand } from '../../mock-server/cli/command.js';
import { refusedConfiguration } from '../../mock-server/cli/serve.js';
import { planOf } from '../../mock-server/in-process/in-process-options.js';
import { toConfiguration } from '../../mock-server/options/configuration.js';
import { loadConfiguration } from '../../mock-server/options/configuration-files.js';
import { serverPlanOf } from '../../mock-server/options/server-options.js';
import { serverNames } from '../../mock-server/server/server-limits.js';
import { catalogue } from '../../src/text/catalogue.js';
import { usageErrors } from '../../src/text/usage-error.js';

const FILES = ['src', 'mock-server', 'contracts'].flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /messages\.ts$/.test(name))
    .map((name) => join(folder, name)),
);

async function idsIn(file: string): Promise<readonly string[]> {
  const exported: Readonly<Record<string, object>> = await import(/* @vite-ignore */ resolve(file));
  const names = Object.keys(exported).filter((name) => name.endsWith('_MESSAGES'));
  return names.flatMap((name) => Object.keys(exported[name] ?? {}));
}

const IDS = (await Promise.all(FILES.map(idsIn))).flat();

test('an id names one message, in words that a search finds', () => {
  expect(new Set(IDS).size).toBe(IDS.length);
  for (const id of IDS) expect(id).toMatch(/^[a-z]+(?:-[a-z]+)*\.[a-z]+(?:-[a-z]+)*$/);
});

test('the page of problems has each id once', () => {
  const headings = [...readFileSync('docs/reference/problems.md', 'utf8').matchAll(/^### (.+)$/gm)];
  expect(headings.map(([, id]) => id).toSorted()).toEqual(IDS.toSorted());
});

async function refused(act: () => unknown): Promise<unknown> {
  try {
    await act();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}

const command = (...args: readonly string[]) => readCommand(args, {});
const missing = { config: join('no-such-folder', 'none.json') };

test.each([
  { id: 'flag.unknown', act: () => command('--prot', '1') },
  { id: 'flag.value-missing', act: () => command('--port') },
  { id: 'command.near', act: () => command('sevre') },
  { id: 'command.unknown', act: () => command('stop') },
  { id: 'serve.argument', act: () => command('serve', '1') },
  { id: 'exec.no-command', act: () => command('exec') },
  { id: 'init.template', act: () => command('init', 'java', 'go') },
  { id: 'wait.address', act: () => command('wait') },
  { id: 'explain.no-app', act: () => command('explain') },
  { id: 'explain.one-request', act: () => command('explain', '--app', 'a', 'b', 'c') },
  { id: 'tls.no-effect', act: () => command('--tls-name', 'a') },
  { id: 'option.invalid', act: () => command('--lang', 'fr') },
  { id: 'option.invalid-secret', act: () => command('--control-token', ' ') },
  { id: 'option.seed-and-store', act: () => serverPlanOf({ seed: 'a', store: 'redis://a' }) },
  { id: 'option.unknown', act: () => planOf({ base: '' } as object) },
  { id: 'handlers.no-base', act: () => planOf({ bases: [] }) },
  { id: 'file.not-found', act: () => loadConfiguration(missing, '127.0.0.1') },
  { id: 'value.missing', act: () => toConfiguration({ apps: [{}] }, '127.0.0.1') },
  {
    id: 'allow-host.invalid',
    act: () => serverNames(serverPlanOf({ allowHosts: ['a:1'] }), { cert: undefined, called: 'x' }),
  },
])('a usage error has the id $id', async ({ id, act }) => {
  expect(await refused(act)).toMatchObject({ name: 'UsageError', id });
});

test('the log has the id of the mistake in a changed configuration file', async () => {
  const error = await refused(() => loadConfiguration(missing, '127.0.0.1'));
  expect(refusedConfiguration(error, false)).toMatchObject({ fields: { id: 'file.not-found' } });
  expect(refusedConfiguration(new Error('other'), false).fields).toEqual({ id: undefined });
});

test('the parameters of an error are those of its text', () => {
  const error = usageErrors(
    catalogue({
      'app.exists': { en: 'app {"app"} exists', zh: '应用 {"app"} 已存在' },
      'app.none': { en: 'no app', zh: '没有应用' },
    }),
  );
  expect(error('app.exists', { app: '1' })).toMatchObject({
    message: 'app "1" exists',
    words: { en: 'app "1" exists', zh: '应用 "1" 已存在' },
    id: 'app.exists',
  });
  expect(error('app.none').message).toBe('no app');
  // @ts-expect-error: the text has another parameter
  error('app.exists', { id: '1' });
  // @ts-expect-error: the text has a parameter
  error('app.exists');
});
