/** How this program was called, for the commands that it prints. */
import { basename, dirname, relative } from 'node:path';
import { quoted } from '../../src/text/curl-command.js';

const NAME = 'cmpassport-mock';

export interface Invocation {
  /** The path of the script that Node.js runs. */
  readonly script: string;
  readonly cwd: string;
}

/** A dependency of a project, a global package, or a clone. */
export function invocationOf({ script, cwd }: Invocation): string {
  if (basename(script) === NAME)
    return basename(dirname(script)) === '.bin' ? `npx --no -- ${NAME}` : NAME;
  const path = relative(cwd, script);
  const shown = path.startsWith('..') ? script : path;
  return `node ${/^[\w./-]+$/.test(shown) ? shown : quoted(shown)}`;
}
