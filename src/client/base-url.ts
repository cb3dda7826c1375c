/** Where the carrier is: the document's address, or a mock's, or a gateway's. The document, 1.1 and 2.2. */
import { OPERATIONS, type Operation } from '../protocol/operations.js';
import { ConfigurationError } from './errors.js';

export const CARRIER_URL = 'https://www.cmpassport.com';

const LOOPBACK_HOSTS = ['localhost', '127.0.0.1', '[::1]'];

export interface Place {
  readonly baseUrl: string;
  readonly production: boolean;
}

/** The address of an operation. @throws ConfigurationError */
export function urlOf(operation: Operation, { baseUrl, production }: Place): string {
  const url = checkedBaseUrl({ baseUrl, production });
  const path = OPERATIONS.find((row) => row.operation === operation)?.path ?? '';
  return url.origin + url.pathname.replace(/\/+$/, '') + path;
}

/** @throws ConfigurationError */
export function checkedBaseUrl({ baseUrl, production }: Place): URL {
  const refuse = (detail: string) => new ConfigurationError('baseUrl', detail);
  if (typeof baseUrl !== 'string' || !URL.canParse(baseUrl)) throw refuse(`must be a URL such as ${CARRIER_URL}`);
  const url = new URL(baseUrl);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') throw refuse('must be an https: or http: URL');
  if (url.username !== '' || url.password !== '')
    throw refuse('must be without a user and a password, which fetch refuses');
  if (url.search !== '' || url.hash !== '') throw refuse('must be without a query and a fragment');
  // To this machine's own proxy or mock it may be plain: nobody listens in between.
  if (production && url.protocol === 'http:' && !LOOPBACK_HOSTS.includes(url.hostname))
    throw refuse(
      'must be https: in production, since a token and a number would travel in the clear; for a mock, set production: false',
    );
  return url;
}
