/** A POST of JSON as a command for PowerShell 5.1, which Windows includes, and 7. `curl` is another program in 5.1, and arguments lose their quotes. */

export interface PowerShellCall {
  readonly url: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** JSON. */
  readonly body: string;
}

export function powerShellCommand({ url, headers, body }: PowerShellCall): string {
  // 5.1 would send non-ASCII characters in Latin-1.
  const asciiBody = body.replace(
    /[^ -~]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  const table = headers.map(([name, value]) => `${quoted(name)} = ${quoted(value)}`).join('; ');
  return [
    `Invoke-RestMethod -Method Post -Uri ${quoted(url)}`,
    ...(headers.length === 0 ? [] : [`-Headers @{ ${table} }`]),
    `-ContentType 'application/json' -Body ${quoted(asciiBody)}`,
  ].join(' ');
}

/** PowerShell treats typographic quotes like the plain one; doubling escapes them. */
function quoted(text: string): string {
  return `'${text.replace(/['\u2018-\u201b]/g, '$&$&')}'`;
}
