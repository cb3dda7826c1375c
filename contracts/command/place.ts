/** The file of an annotation: the client's program, or the line of a profile with the address. */
import { readFileSync, statSync } from 'node:fs';
import type { Place } from '../report/github.js';

/** The first word of the command that is a file: client.py in `python3 client.py`. */
export function placeOfCommand(command: readonly string[]): Place | undefined {
  const file = command.find((word) => !word.startsWith('/') && isFile(word));
  return file === undefined ? undefined : { file: file.replace(/^\.\//, ''), line: 1 };
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}

export function placeOfProfile(path: string): Place {
  const lines = readFileSync(path, 'utf8').split('\n');
  return {
    file: path.replace(/^\.\//, ''),
    line: Math.max(1, lines.findIndex((line) => line.includes('"baseUrls"')) + 1),
  };
}
