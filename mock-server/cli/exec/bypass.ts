/** The hosts that bypass the proxy: those that are set already, except the carrier's. */

// Clients on this machine call the mock, and the test's own servers, without the proxy.
const LOCAL = ['127.0.0.1', 'localhost', '::1'];
const LOCAL_IN_JAVA = ['127.*', 'localhost', '[::1]'];
// The JVM splits its options at blanks, and reads quotes.
const IN_JAVA = /^[\w.*:[\]-]+$/;

/** The value of NO_PROXY. */
export function noProxyOf(entries: readonly string[]): string {
  return [...new Set([...LOCAL, ...entries])].join(',');
}

/** The value of `http.nonProxyHosts`. An entry of NO_PROXY also stands for its subdomains. */
export function nonProxyHostsOf(
  entries: readonly string[],
  javaEntries: readonly string[],
): string {
  const others = entries.filter((entry) => !LOCAL.includes(entry)).map(hostOf);
  const translated = others.flatMap((host) =>
    host.includes(':') ? [`[${host}]`] : [host, `*.${host}`],
  );
  const all = [...LOCAL_IN_JAVA, ...javaEntries, ...translated];
  return [...new Set(all.filter((entry) => IN_JAVA.test(entry)))].join('|');
}

/** Whether any client would read the entry as the host name. Clients differ, so a part of a label counts too. */
export function coversName(entry: string, name: string): boolean {
  // Every address.
  if (/\/0+$/.test(entry)) return true;
  const host = hostOf(entry);
  if (name.startsWith('*.') && host.endsWith(name.slice(1))) return true;
  const pattern = host.replace(/[^\w*]/g, '\\$&').replaceAll('*', '.*');
  return new RegExp(`${pattern}$`).test(name);
}

/** Without brackets, a port, a final dot, and the dot or `*.` that stands for every subdomain. */
function hostOf(entry: string): string {
  return entry
    .toLowerCase()
    .replace(/^\[(.*)\](?::\d+)?$/, '$1')
    .replace(/^([^:]*):\d+$/, '$1')
    .replace(/\.$/, '')
    .replace(/^\*?\./, '');
}
