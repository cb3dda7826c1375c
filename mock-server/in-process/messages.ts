/** What is wrong with an option of createCarrierHandlers. */
import { catalogue, inEnglish } from '../../src/text/catalogue.js';
import { usageErrors } from '../../src/text/usage-error.js';

export const HANDLER_MESSAGES = catalogue({
  'handlers.seed': inEnglish('seed must be a string, found {"found"}'),
  'handlers.client-ip': inEnglish(
    'clientIp must be an address such as 203.0.113.7, found {"found"}',
  ),
  'handlers.bases-not-a-list': inEnglish('bases must be a list of addresses, found {"found"}'),
  'handlers.no-base': inEnglish(
    'bases must contain at least one address, found []: omit it for the addresses of the real carrier',
  ),
  'handlers.base-of-control-api': inEnglish(
    'bases must not end with /_mock, which is added automatically, found {"found"}',
  ),
  'handlers.base': inEnglish(
    'bases must be http or https addresses without a query, such as "https://www.cmpassport.com", found {"found"}',
  ),
  'handlers.app': inEnglish('app must be settings of an app, found {"found"}'),
  'handlers.no-app': inEnglish(
    'configuration /apps must contain at least one app, found []: omit it for the demo app',
  ),
});

export const handlerError = usageErrors(HANDLER_MESSAGES);
