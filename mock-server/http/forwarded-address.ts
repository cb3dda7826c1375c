/** The client's address behind proxies that are named: the last one in X-Forwarded-For that no trusted proxy wrote. */
import { copied } from '../carrier/apps/kept-exchange.js';
import type { ClientIpOf } from './carrier-listener.js';

// Of an IPv6 address that has an IPv4 address in it, and a scope: a header may have any text.
const ADDRESS_LENGTH_MAX = 64;

/** Throws for an entry that is no address, CIDR block, `loopback`, `linklocal` or `uniquelocal`. */
export async function forwardedAddress(trusted: readonly string[]): Promise<ClientIpOf> {
  const { default: proxyAddr } = await import('proxy-addr');
  const isTrusted = proxyAddr.compile([...trusted]);
  // A Unix socket has no address, and nobody who could be trusted.
  return (req) => copied((proxyAddr(req, isTrusted) ?? '').slice(0, ADDRESS_LENGTH_MAX));
}
