/**
 * Makes fetch use HTTPS_PROXY and NO_PROXY, which Node 20 ignores. Your code does not change.
 * Run: node --import ./through-proxy.mjs client.mjs
 */
import { EnvHttpProxyAgent, setGlobalDispatcher } from 'undici';

setGlobalDispatcher(new EnvHttpProxyAgent());
