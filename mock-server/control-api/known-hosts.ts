/**
 * The names that the control API may be called by. A page whose name was made to lead here (DNS rebinding) looks to its
 * browser like a page of this server: it sends its own name as the Host, and over plain HTTP nothing else gives it away.
 */

/** Names that the machine itself or nobody hands out: RFC 6761, 6.2 and 6.3; ICANN's .internal; Kubernetes's services. */
const SAFE_ENDINGS: readonly string[] = ['.localhost', '.test', '.internal', '.svc', '.svc.cluster.local'];
const IPV4 = /^\d{1,3}(?:\.\d{1,3}){3}$/;
// No user, path, query or white space, which URL would take for a part of something else.
const AUTHORITY = /^[^\s/?#@\\]+$/;

export type IsKnownHost = (authority: string) => boolean;

/** Says of a Host, port included, whether it is an address, a name that no stranger can own, or one of the names given. */
export function knownHosts(names: readonly string[]): IsKnownHost {
  const known = new Set(names.map((name) => hostNameOf(name.includes(':') ? `[${name}]` : name) ?? name));
  const isKnown = (name: string) =>
    isAddress(name) || isNobodys(name) || known.has(name) || known.has(wildcardOf(name));
  // Nearly all calls name the same host, and parsing it takes microseconds.
  let lastKnown: string | undefined;
  return (authority) => {
    if (authority === lastKnown) return true;
    const name = hostNameOf(authority);
    if (name === undefined || !isKnown(name)) return false;
    lastKnown = authority;
    return true;
  };
}

/** As URL writes it: lower case, addresses in their one form, without the port and the dot at the end. */
function hostNameOf(authority: string): string | undefined {
  if (!AUTHORITY.test(authority) || !URL.canParse(`http://${authority}`)) return undefined;
  return new URL(`http://${authority}`).hostname.replace(/\.$/, '');
}

/** An address leads where it says, and no name server has a part in it. */
function isAddress(name: string): boolean {
  return name.startsWith('[') || IPV4.test(name);
}

/** Public DNS has no names of a single word, which is what containers and machines of one network are called. */
function isNobodys(name: string): boolean {
  return !name.includes('.') || SAFE_ENDINGS.some((ending) => name.endsWith(ending));
}

/** `*.example.com` for `mock.example.com`, as certificates have it. */
function wildcardOf(name: string): string {
  return `*${name.slice(Math.max(name.indexOf('.'), 0))}`;
}
