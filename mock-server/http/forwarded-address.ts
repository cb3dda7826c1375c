/** The client's address behind trusted proxies: the last address in X-Forwarded-For that is not a trusted proxy. */
import { copied } from '../carrier/apps/kept-exchange.js';
import type { ClientIpOf } from './carrier-listener.js';

// Enough for an IPv6 address with an embedded IPv4 address and a scope. The header can contain any text.
const ADDRESS_LENGTH_MAX = 64;

/** Throws for an entry other than an address, a CIDR block, `loopback`, `linklocal` or `uniquelocal`. */
export async function forwardedAddress(trusted: readonly string[]): Promise<ClientIpOf> {
  const { default: proxyAddr } = await import('proxy-addr');
  const isTrusted = proxyAddr.compile([...trusted]);
  // A Unix socket has no address.
  return (req) => copied((proxyAddr(req, isTrusted) ?? '').slice(0, ADDRESS_LENGTH_MAX));
}
