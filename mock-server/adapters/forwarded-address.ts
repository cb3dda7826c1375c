/** The client's address behind proxies that are named: the last one in X-Forwarded-For that no trusted proxy wrote. */
import type { ClientIpOf } from './carrier-listener.js';

/** Throws for an entry that is no address, CIDR block, `loopback`, `linklocal` or `uniquelocal`. */
export async function forwardedAddress(trusted: readonly string[]): Promise<ClientIpOf> {
  const { default: proxyAddr } = await import('proxy-addr');
  const isTrusted = proxyAddr.compile([...trusted]);
  // A Unix socket has no address, and nobody who could be trusted.
  return (req) => proxyAddr(req, isTrusted) ?? '';
}
