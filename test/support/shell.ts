/** One bash for several scripts, because starting a bash from a large process costs more than a script. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { onTestFinished } from 'vitest';

export interface Shell {
  /** Runs a script in a subshell with an empty standard input, and returns its output. */
  run(script: string): Promise<string>;
}

/** The bash ends when the test ends. */
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
