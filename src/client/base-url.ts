/** The carrier's address: the document's, or that of a mock or a gateway. The document, 1.1 and 2.2. */
import { OPERATIONS, type Operation } from '../protocol/operations.js';
import { ConfigurationError } from './errors.js';

export const CARRIER_URL = 'https://www.cmpassport.com';

const LOOPBACK_HOSTS = ['localhost', '127.0.0.1', '[::1]'];

export interface CarrierAddress {
  readonly baseUrl: string;
  readonly production: boolean;
}

/** The address of an operation. @throws ConfigurationError */
export function urlOf(operation: Operation, { baseUrl, production }: CarrierAddress): string {
  const url = checkedBaseUrl({ baseUrl, production });
  const path = OPERATIONS.find((row) => row.operation === operation)?.path ?? '';
  return url.origin + url.pathname.replace(/\/+$/, '') + path;
}

/** @throws ConfigurationError */
export function checkedBaseUrl({ baseUrl, production }: CarrierAddress): URL {
  const refuse = (detail: string) => new ConfigurationError('baseUrl', detail);
  if (typeof baseUrl !== 'string' || !URL.canParse(baseUrl)) throw refuse(`must be a URL such as ${CARRIER_URL}`);
  const url = new URL(baseUrl);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') throw refuse('must be an https: or http: URL');
  if (url.username !== '' || url.password !== '')
    throw refuse('must not contain a user or a password, because fetch refuses them');
  if (url.search !== '' || url.hash !== '') throw refuse('must not contain a query or a fragment');
  // Plain HTTP to a proxy or mock on this machine is safe: no network is in between.
  if (production && url.protocol === 'http:' && !LOOPBACK_HOSTS.includes(url.hostname))
    throw refuse(
      'must be https: in production, because http: sends tokens and numbers unencrypted. For a mock, set production: false.',
    );
  return url;
}
