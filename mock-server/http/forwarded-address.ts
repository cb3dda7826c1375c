/** The client's address behind trusted proxies: the last address in X-Forwarded-For that is not a trusted proxy. */

import { quote } from '../../src/text/shown-json.js';
import { UsageError } from '../../src/text/usage-error.js';
import { inOnePiece } from '../carrier/store/journal-exchange.js';
import type { ClientIpOf } from './carrier-listener.js';

// Enough for an IPv6 address with an embedded IPv4 address and a scope. The header can contain any text.
const ADDRESS_LENGTH_MAX = 64;

/** undefined without proxies. Throws a UsageError for another entry. `name` is the name of the option. */
export async function forwardedAddress(
  trusted: readonly string[],
  name: string,
): Promise<ClientIpOf | undefined> {
  if (trusted.length === 0) return undefined;
  const { default: proxyAddr } = await import('proxy-addr');
  const wrong = trusted.find((entry) => !isEntry(entry, proxyAddr.compile));
  if (wrong !== undefined) {
    throw new UsageError({
      en: `${name} must be addresses, CIDR blocks, loopback, linklocal or uniquelocal, found ${quote(wrong)}`,
      zh: `${name} 应为地址、CIDR 网段、loopback、linklocal 或 uniquelocal，实际为 ${quote(wrong)}`,
    });
  }
  const isTrusted = proxyAddr.compile([...trusted]);
  // A Unix socket has no address.
  return (req) => inOnePiece((proxyAddr(req, isTrusted) ?? '').slice(0, ADDRESS_LENGTH_MAX));
}

function isEntry(entry: string, compile: (entry: string) => unknown): boolean {
  try {
    compile(entry);
    return true;
  } catch {
    return false;
  }
}
