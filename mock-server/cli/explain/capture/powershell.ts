/** Reads "Copy as PowerShell" of a browser: Invoke-WebRequest or Invoke-RestMethod with its parameters. */
import type { Bilingual } from '../../../../src/text/bilingual.js';
import { problem } from '../messages.js';
import { type Capture, commandProblem, pathOf, queryOf } from './capture.js';

const CALL = /\b(?:Invoke-WebRequest|Invoke-RestMethod)\b/i;

/** A string: in double quotes with backticks as escapes, in single quotes, or a word. */
const STRING = /"((?:[^"`]|`[\s\S]|"")*)"|'((?:[^']|'')*)'|([^\s"'@({]+)/y;
const PAIR =
  /[\s;]*("(?:[^"`]|`[\s\S])*"|'(?:[^']|'')*')\s*=\s*("(?:[^"`]|`[\s\S])*"|'(?:[^']|'')*')/y;

/** The request, or the reason why the command cannot be read. undefined for a text that is no such command. */
export function readPowerShell(text: string): Capture | Bilingual | undefined {
  const call = CALL.exec(text);
  if (call === null) return undefined;
  const command = text.slice(call.index);
  const tooLong = commandProblem(command);
  if (tooLong !== undefined) return tooLong;
  const url = parameter(command, 'Uri');
  if (url === undefined) return problem('powershell.no-address');
  const body = parameter(command, 'Body', BYTES_OF);
  if (body === undefined && /\s-Body\b/i.test(command)) return problem('powershell.body');
  const contentType = parameter(command, 'ContentType');
  return {
    method: parameter(command, 'Method')?.toUpperCase() ?? 'GET',
    path: pathOf(url),
    query: queryOf(url),
    rawHeaders: [
      ...headersIn(command),
      ...(contentType === undefined ? [] : ['Content-Type', contentType]),
    ],
    body: body ?? '',
  };
}

/** Chrome writes a body with characters beyond ASCII in this way. */
const BYTES_OF = /\(\[System\.Text\.Encoding\]::UTF8\.GetBytes\(/iy;

function parameter(command: string, name: string, prefix?: RegExp): string | undefined {
  const start = new RegExp(`\\s-${name}(?:\\s+|:)`, 'i').exec(command);
  if (start === null) return undefined;
  let at = start.index + start[0].length;
  if (prefix !== undefined) {
    prefix.lastIndex = at;
    at += prefix.exec(command)?.[0].length ?? 0;
  }
  return stringAt(command, at);
}

function stringAt(text: string, at: number): string | undefined {
  STRING.lastIndex = at;
  const [, double, single, word] = STRING.exec(text) ?? [];
  if (double === undefined) return single?.replaceAll("''", "'") ?? word;
  return double.replace(ESCAPED, (_, code: string | undefined, letter: string | undefined) => {
    if (code !== undefined) return String.fromCharCode(Number(code));
    return letter === undefined ? '"' : (LETTERS.get(letter) ?? letter);
  });
}

const ESCAPED = /\$\(\[char\](\d+|0x[0-9a-f]+)\)|`([\s\S])|""/gi;
const LETTERS = new Map(Object.entries({ n: '\n', r: '\r', t: '\t', 0: '\0' }));

function headersIn(command: string): readonly string[] {
  const table = /\s-Headers\s+@\{/i.exec(command);
  const headers: string[] = [];
  PAIR.lastIndex = table === null ? command.length : table.index + table[0].length;
  for (let pair = PAIR.exec(command); pair !== null; pair = PAIR.exec(command)) {
    headers.push(...pair.slice(1).map((text) => stringAt(text, 0) ?? ''));
  }
  return headers;
}
