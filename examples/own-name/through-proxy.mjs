/**
 * fetch of Node 20 reads no proxy variable: this has it heed HTTPS_PROXY and NO_PROXY,
 * in code that knows nothing of it. Run: node --import ./through-proxy.mjs client.mjs
 */
import { EnvHttpProxyAgent, setGlobalDispatcher } from 'undici';

setGlobalDispatcher(new EnvHttpProxyAgent());
