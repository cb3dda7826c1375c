/** The requests of the curl commands that the server writes for a result code. */
interface Call {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** In a word: a text in single quotes, an escaped quote, or plain characters. Between words: spaces. */
const PARTS = /'([^']*)'|\\(')|([^\s'\\]+)|(\s+)/g;

function wordsOf(command: string): readonly string[] {
  const words = [''];
  for (const [, inQuotes, escaped, plain, space] of command.matchAll(PARTS)) {
    if (space !== undefined) words.push('');
    else words.push(`${words.pop()}${inQuotes ?? escaped ?? plain}`);
  }
  return words;
}

/** One command a line. */
export function callsIn(commands: string): readonly Call[] {
  return commands.split('\n').map(callIn);
}

function callIn(command: string): Call {
  const words = wordsOf(command);
  const valuesOf = (option: string) => words.filter((_, at) => words[at - 1] === option);
  return {
    method: valuesOf('-X')[0] ?? 'GET',
    url: words.find((word) => /^https?:/.test(word)) ?? '',
    headers: Object.fromEntries(valuesOf('-H').map(headerIn)),
    body: valuesOf('--data-raw')[0] ?? '',
  };
}

/** `name;` is an empty header. */
function headerIn(line: string): readonly [name: string, value: string] {
  const [name = '', value = ''] = line.split(/: |;$/, 2);
  return [name, value];
}
