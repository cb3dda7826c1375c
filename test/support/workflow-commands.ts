/** A job's output as the runner of GitHub Actions reads it: which lines of it are commands. */

const COMMANDS = [
  ...['add-mask', 'add-matcher', 'add-path', 'debug', 'echo', 'endgroup', 'error', 'group', 'notice'],
  ...['remove-matcher', 'save-state', 'set-env', 'set-output', 'stop-commands', 'warning'],
];

/** `error`, `add-mask` and so on, in the order of the output. */
export function workflowCommandsIn(output: string): readonly string[] {
  const lines = output.split(/\r\n|\r|\n/);
  return lines.flatMap((line) => {
    const names = [atBeginning(line), anywhere(line)].map((info) => info?.split(' ')[0]?.toLowerCase() ?? '');
    return names.find((name) => COMMANDS.includes(name)) ?? [];
  });
}

/** `::error title=x::`, behind white space as .NET has it. */
function atBeginning(line: string): string | undefined {
  return /^[\s\u0085]*::(.*?)::/.exec(line)?.[1];
}

/** `##[error]`, the first in a line. */
function anywhere(line: string): string | undefined {
  return /##\[(.*?)\]/.exec(line)?.[1];
}
