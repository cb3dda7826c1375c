/** Finds the lines of a job's output that the runner of GitHub Actions treats as commands. */

const COMMANDS = [
  ...[
    'add-mask',
    'add-matcher',
    'add-path',
    'debug',
    'echo',
    'endgroup',
    'error',
    'group',
    'notice',
  ],
  ...['remove-matcher', 'save-state', 'set-env', 'set-output', 'stop-commands', 'warning'],
];

/** Returns `error`, `add-mask` and so on, in the order of the output. */
export function workflowCommandsIn(output: string): readonly string[] {
  const lines = output.split(/\r\n|\r|\n/);
  return lines.flatMap((line) => {
    const names = [atBeginning(line), anywhere(line)].map(
      (info) => info?.split(' ')[0]?.toLowerCase() ?? '',
    );
    return names.find((name) => COMMANDS.includes(name)) ?? [];
  });
}

/** `::error title=x::`, after white space as defined by .NET. */
function atBeginning(line: string): string | undefined {
  return /^[\s\u0085]*::(.*?)::/.exec(line)?.[1];
}

/** `##[error]`, the first of a line. */
function anywhere(line: string): string | undefined {
  return /##\[(.*?)\]/.exec(line)?.[1];
}
