/** The text of a hosts file in which the carrier's names lead to the mock. */

export interface Led {
  readonly names: readonly string[];
  /** An IPv4 address. */
  readonly address: string;
}

/** The system's entries, except those of the names, and then the names. */
export function hostsText(system: string, { names, address }: Led): string {
  const led = names.join(' ');
  return [
    ...system.split(/\r?\n/).flatMap((line) => withoutNames(line, names)),
    `${address} ${led}`,
    // For a client that looks for IPv6 only: without an entry, it would ask the name server.
    `::ffff:${address} ${led}`,
    '',
  ].join('\n');
}

/** For the JVM, which asks no name server if it has a hosts file. Its own machine must be in it. */
export function jvmHostsText(system: string, led: Led, machine: string): string {
  const text = hostsText(system, led);
  const known = new Set(text.split('\n').flatMap(hostsIn));
  const missing = ['localhost', machine].filter((name) => !known.has(name.toLowerCase()));
  return text + missing.map((name) => `127.0.0.1 ${name}\n`).join('');
}

function withoutNames(line: string, names: readonly string[]): readonly string[] {
  const hosts = hostsIn(line);
  if (!hosts.some((host) => names.includes(host))) return line.trim() === '' ? [] : [line];
  const [address = ''] = line.trim().split(/\s+/);
  const others = hosts.filter((host) => !names.includes(host));
  return others.length === 0 ? [] : [`${address} ${others.join(' ')}`];
}

/** In lower case. */
function hostsIn(line: string): readonly string[] {
  const [entry = ''] = line.split('#');
  return entry.toLowerCase().trim().split(/\s+/).slice(1);
}

/** With the hosts file before all other sources of names; undefined if it comes first already. */
export function withFilesFirst(nsswitch: string): string | undefined {
  const [line, sources = ''] = /^[^\S\n]*hosts:(.*)$/m.exec(nsswitch) ?? [];
  if (line === undefined || /^\s*files\b/.test(sources)) return undefined;
  return nsswitch.replace(line, () => `hosts: files${sources}`);
}
