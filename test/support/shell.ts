/** A bash that runs one script after another: starting one from a large process for each script costs more than the scripts. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { onTestFinished } from 'vitest';

export interface Shell {
  /** What a script prints, run in a subshell, with nothing on its standard input. */
  run(script: string): Promise<string>;
}

/** Ended when the test is done. */
export function startShell(): Shell {
  const bash = spawn('bash', { stdio: ['pipe', 'pipe', 'inherit'] });
  const closed = once(bash, 'close');
  onTestFinished(async () => {
    bash.stdin.end();
    await closed;
  });
  let printed = '';
  bash.stdout.setEncoding('utf8').on('data', (text: string) => {
    printed += text;
  });
  return {
    run: async (script) => {
      bash.stdin.write(`(\n${script}\n) </dev/null\nprintf '\\0'\n`);
      while (!printed.includes('\0')) await Promise.race([once(bash.stdout, 'data'), closed.then(ended)]);
      const [text = '', ...rest] = printed.split('\0');
      printed = rest.join('\0');
      return text;
    },
  };
}

function ended(): never {
  throw new Error('bash has ended');
}
