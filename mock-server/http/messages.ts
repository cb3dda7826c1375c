/** What is wrong with an option of the listeners. */
import { catalogue } from '../../src/text/catalogue.js';
import { usageErrors } from '../../src/text/usage-error.js';

export const LISTENER_MESSAGES = catalogue({
  'trust-proxy.invalid': {
    en: '{option} must be addresses, CIDR blocks, loopback, linklocal or uniquelocal, found {"found"}',
    zh: '{option} 应为地址、CIDR 网段、loopback、linklocal 或 uniquelocal，实际为 {"found"}',
  },
});

export const listenerError = usageErrors(LISTENER_MESSAGES);
