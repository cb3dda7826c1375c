/** Reads the requests of an .http file of an IDE: sections after `###`, variables as `@name = value` and `{{name}}`. */
import type { Bilingual } from '../../../../src/text/bilingual.js';
import { problem } from '../messages.js';
import type { Capture, Captures } from './capture.js';
import { readHttpMessage } from './http-message.js';

const SECTION = /^#{3}.*$/m;
const VARIABLE = /^@([\w.-]+)[ \t]*=[ \t]*(.*?)[ \t]*$/gm;
const USED = /\{\{\s*([^{}\s]+)\s*\}\}/g;
/** Scripts of the IDE before and after a request. */
const SCRIPT = /^[<>] \{%[\s\S]*?%\}[ \t]*$/gm;
/** The variable in front of the path, which is only the host. */
const HOST = /^([A-Z]+ +)\{\{[^{}]+\}\}(?=\/)/m;

/** All requests whose variables are in the file, or the names of those that are not. undefined for another text. */
export function readHttpFile(text: string): Captures | Bilingual | undefined {
  if (!SECTION.test(text) && text.search(VARIABLE) === -1 && !HOST.test(text)) return undefined;
  const variables = new Map(
    Array.from(text.matchAll(VARIABLE), ([, name = '', value = '']) => [name, value] as const),
  );
  const unresolved = new Set<string>();
  const captures: Capture[] = [];
  for (const section of text.replace(VARIABLE, '').replace(SCRIPT, '').split(SECTION)) {
    const filled = section
      .replace(USED, (whole, name: string) => variables.get(name) ?? whole)
      .replace(HOST, '$1');
    const read = readHttpMessage(filled.trim());
    if (read === undefined || 'en' in read) continue;
    const names = Array.from(`${read.path}${read.body}`.matchAll(USED), ([, name = '']) => name);
    for (const name of names) unresolved.add(name);
    if (names.length === 0) captures.push({ ...read, body: read.body.trimEnd() });
  }
  const [first, ...others] = captures;
  if (first === undefined)
    return unresolved.size === 0
      ? undefined
      : problem('http-file.variables', {
          names: [...unresolved].map((name) => `{{${name}}}`).join(', '),
        });
  const all = { captures: [first, ...others] } as const;
  return others.length === 0 ? all : { ...all, among: { count: captures.length, as: 'first' } };
}

/** The section with this line, from 1, and the variables of the file. */
export function sectionAt(text: string, line: number): string {
  const lines = text.split('\n');
  const isHeading = (one: string) => one.startsWith('###');
  const start = lines.findLastIndex((one, at) => at < line && isHeading(one));
  const end = lines.findIndex((one, at) => at >= line && isHeading(one));
  const own = lines.slice(Math.max(start, 0), end === -1 ? undefined : end);
  return [...(text.match(VARIABLE) ?? []), ...own].join('\n');
}
