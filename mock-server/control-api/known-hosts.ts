/**
 * The host names that the control API accepts. In a DNS rebinding attack, a web page's own name resolves to this server, so
 * the browser treats the page as one of this server. Over plain HTTP, only the Host shows the page's name.
 */

/** Names that cannot be registered in public DNS: RFC 6761, 6.2 and 6.3; ICANN's .internal; Kubernetes services. */
const SAFE_ENDINGS: readonly string[] = ['.localhost', '.test', '.internal', '.svc', '.svc.cluster.local'];
const IPV4 = /^\d{1,3}(?:\.\d{1,3}){3}$/;
// Without user, path, query or white space, which URL would parse as other parts of an address.
const AUTHORITY = /^[^\s/?#@\\]+$/;

export type IsKnownHost = (authority: string) => boolean;

/** Accepts a Host (with or without port) that is an address, a local name, or one of `names`. */
export function knownHosts(names: readonly string[]): IsKnownHost {
  const known = new Set(names.map((name) => hostNameOf(name.includes(':') ? `[${name}]` : name) ?? name));
  const isKnown = (name: string) =>
    isAddress(name) || isLocalName(name) || known.has(name) || known.has(wildcardOf(name));
  return (authority) => {
    const name = hostNameOf(authority);
    return name !== undefined && isKnown(name);
  };
}

/** Normalized by URL: lower case, canonical addresses, without the port and the final dot. */
function hostNameOf(authority: string): string | undefined {
  if (!AUTHORITY.test(authority) || !URL.canParse(`http://${authority}`)) return undefined;
  return new URL(`http://${authority}`).hostname.replace(/\.$/, '');
}

/** DNS rebinding needs a name, so addresses are safe. */
function isAddress(name: string): boolean {
  return name.startsWith('[') || IPV4.test(name);
}

/** Public DNS has no names of a single label. Containers and machines of a local network have such names. */
function isLocalName(name: string): boolean {
  return !name.includes('.') || SAFE_ENDINGS.some((ending) => name.endsWith(ending));
}

/** `*.example.com` for `mock.example.com`, as in certificates. */
function wildcardOf(name: string): string {
  return `*${name.slice(Math.max(name.indexOf('.'), 0))}`;
}
