/** The call that explains a request. */
import type { Explanation } from './api.js';
import { type Language, pathOf, type Transport } from './transport.js';

interface Explained {
  readonly requestId: string;
  readonly language?: Language | undefined;
}

export function explainRequest(
  transport: Transport,
  { requestId, language = transport.language }: Explained,
): Promise<Explanation> {
  const path = `${pathOf('requests', requestId)}/explanation`;
  return transport.call({ method: 'GET', path, query: { lang: language } });
}
