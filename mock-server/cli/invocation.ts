/** How this command was called, for printed commands that users paste. */
import { basename, dirname, relative } from 'node:path';
import type { Environment } from '../options/language.js';

const NAME = 'cmpassport-mock';
const PLAIN = /^[\w./-]+$/;

export interface Invocation {
  /** The path of the script that Node.js runs. */
  readonly script: string;
  readonly cwd: string;
  readonly env: Environment;
}

export function invocationOf({ script, cwd, env: { npm_command: npm } }: Invocation): string {
  const isBin = basename(script) === NAME;
  // The variable alone is not enough: another program that npx started may have called this one.
  if (isBin && npm === 'exec') return `npx --no -- ${NAME}`;
  if (isBin && basename(dirname(script)) !== '.bin') return NAME;
  const path = relative(cwd, script);
  const shown = path.startsWith('..') ? script : path;
  const word = PLAIN.test(shown) ? shown : `'${shown.replaceAll("'", "'\\''")}'`;
  return isBin ? word : `node ${word}`;
}
