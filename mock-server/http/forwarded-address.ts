/** The client's address behind trusted proxies: the last address in X-Forwarded-For that is not a trusted proxy. */
import { inOnePiece } from '../carrier/store/journal-exchange.js';
import type { ClientIpOf } from './carrier-listener.js';
import { listenerError } from './messages.js';

// Enough for an IPv6 address with an embedded IPv4 address and a scope. The header can contain any text.
const ADDRESS_LENGTH_MAX = 64;

/** undefined without proxies. Throws a UsageError for another entry. `option` is its name. */
export async function forwardedAddress(
  trusted: readonly string[],
  option: string,
): Promise<ClientIpOf | undefined> {
  if (trusted.length === 0) return undefined;
  const { default: proxyAddr } = await import('proxy-addr');
  const wrong = trusted.find((entry) => !isEntry(entry, proxyAddr.compile));
  if (wrong !== undefined) {
    throw listenerError('trust-proxy.invalid', { option, found: wrong });
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
