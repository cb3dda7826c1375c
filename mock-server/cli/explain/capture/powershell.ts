/** Reads "Copy as PowerShell" of a browser: Invoke-WebRequest or Invoke-RestMethod with its parameters. */
import type { Bilingual } from '../../../../src/text/bilingual.js';
import { type Capture, commandProblem, pathOf, queryOf } from './capture.js';

const CALL = /\b(?:Invoke-WebRequest|Invoke-RestMethod)\b/i;

/** A string: in double quotes with backticks as escapes, in single quotes, or a word. */
const STRING = /"((?:[^"`]|`[\s\S]|"")*)"|'((?:[^']|'')*)'|([^\s"'@({]+)/y;
const PAIR =
  /[\s;]*("(?:[^"`]|`[\s\S])*"|'(?:[^']|'')*')\s*=\s*("(?:[^"`]|`[\s\S])*"|'(?:[^']|'')*')/y;

const NO_ADDRESS: Bilingual = {
  en: 'is a PowerShell command without -Uri: add the address',
  zh: '是 PowerShell 命令，但没有 -Uri：请补上地址',
};
const UNKNOWN_BODY: Bilingual = {
  en: 'is a PowerShell command whose -Body is not a string: replace it by the body in quotes',
  zh: '是 PowerShell 命令，但 -Body 不是字符串：请换成加了引号的请求体',
};

/** The request, or the reason why the command cannot be read. undefined for a text that is no such command. */
export function readPowerShell(text: string): Capture | Bilingual | undefined {
  const call = CALL.exec(text);
  if (call === null) return undefined;
  const command = text.slice(call.index);
  const problem = commandProblem(command);
  if (problem !== undefined) return problem;
  const url = parameter(command, 'Uri');
  if (url === undefined) return NO_ADDRESS;
  const body = parameter(command, 'Body', BYTES_OF);
  if (body === undefined && /\s-Body\b/i.test(command)) return UNKNOWN_BODY;
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
