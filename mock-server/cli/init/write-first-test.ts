/** `init` writes a first test, and what it needs, into the user's project. */
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { catalogue, textsOf } from '../../../src/text/catalogue.js';
import { printable } from '../../../src/text/printable.js';
import { writing } from '../../../src/text/usage-error.js';
import { type Invocation, invocationOf } from '../invocation.js';
import { commandError } from '../messages.js';
import type { InitOptions } from './options.js';
import { JAVA_PACKAGE, type Template } from './templates.js';

const textOf = textsOf(
  catalogue({
    'init.wrote': { en: 'wrote {file}', zh: '已写入 {file}' },
    'init.next': { en: 'next: {command}', zh: '下一步：{command}' },
    'init.next-in': { en: 'next, in {folder}: {command}', zh: '下一步，在 {folder} 里：{command}' },
  }),
);

// The built code is in dist/, next to examples/.
const PACKAGE = new URL(import.meta.url.endsWith('.ts') ? '../../../' : '../', import.meta.url);

export interface Surroundings extends Invocation {
  readonly platform: NodeJS.Platform;
}

interface NewFile {
  /** Below the folder of the project, with slashes. */
  readonly path: string;
  readonly text: string;
}

/** Returns the names of the files, and the command that runs the test. Throws a UsageError and writes nothing if a file exists. */
export function writeFirstTest(options: InitOptions, around: Surroundings): string {
  const { folder, lang, template } = options;
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true)
    throw commandError('init.no-folder', { folder });
  const files = filesOf(options);
  const found = files.find(({ path }) => existsSync(join(folder, path)));
  if (found !== undefined) throw commandError('init.exists', { file: join(folder, found.path) });
  for (const { path, text } of files) write(join(folder, path), text);
  const command = commandFor(template, folder, around);
  const texts = [
    ...files.map(({ path }) => textOf('init.wrote', { file: join(folder, path) })),
    resolve(folder) === resolve(around.cwd)
      ? textOf('init.next', { command })
      : textOf('init.next-in', { folder, command }),
  ];
  return texts.map((text) => `${printable(text[lang])}\n`).join('');
}

function filesOf({ template, javaPackage }: InitOptions): readonly NewFile[] {
  const isJava = template.name === 'java';
  const below = isJava ? `${javaPackage.replaceAll('.', '/')}/` : '';
  return template.files.map((file) => {
    const text = textIn(`${template.from}/${file}`);
    return {
      path: `${template.into}/${below}${file}`,
      text: isJava ? text.replaceAll(JAVA_PACKAGE, javaPackage) : text,
    };
  });
}

/** The image of the server does not have the examples. */
function textIn(path: string): string {
  try {
    return readFileSync(new URL(path, PACKAGE), 'utf8');
  } catch {
    throw commandError('init.no-examples');
  }
}

function write(file: string, text: string): void {
  writing('--dir', file, () => {
    mkdirSync(dirname(file), { recursive: true });
    // Fails if another program wrote it since.
    writeFileSync(file, text, { flag: 'wx' });
  });
}

function commandFor(template: Template, folder: string, around: Surroundings): string {
  const marked = Object.entries(template.tests ?? {});
  const [, test = template.test] = marked.find(([file]) => existsSync(join(folder, file))) ?? [];
  const isForCmd = around.platform === 'win32' && template.isBatchFile === true;
  const program = invocationOf({ ...around, cwd: resolve(folder) });
  return `${program} exec -- ${isForCmd ? 'cmd /c ' : ''}${test}`;
}
