/** A POST of JSON as a command for PowerShell 5.1, which Windows includes, and 7. `curl` is another program in 5.1, and arguments lose their quotes. */

export interface PowerShellCall {
  readonly url: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** JSON. */
  readonly body: string;
}

export function powerShellCommand({ url, headers, body }: PowerShellCall): string {
  const table = headers.map(([name, value]) => `${quoted(name)} = ${quoted(value)}`).join('; ');
  return [
    `Invoke-RestMethod -Method Post -Uri ${quoted(url)}`,
    ...(headers.length === 0 ? [] : [`-Headers @{ ${table} }`]),
    `-ContentType 'application/json' -Body ${quoted(asAscii(body))}`,
  ].join(' ');
}

// PowerShell treats typographic quotes like the plain one; doubling escapes them.
const QUOTES = /['\u2018-\u201b]/g;

function quoted(text: string): string {
  return `'${text.replace(QUOTES, '$&$&')}'`;
}

const BEYOND_ASCII = /[^ -~]/g;
const HEX = 16;
const HEX_LENGTH = 4;

/** The same JSON with \u escapes: 5.1 would send non-ASCII characters in Latin-1. */
function asAscii(json: string): string {
  return json.replace(BEYOND_ASCII, (unit) => `\\u${unit.charCodeAt(0).toString(HEX).padStart(HEX_LENGTH, '0')}`);
}
