/** The call that explains a request. */
import type { Explanation } from './api.js';
import type { Language, Transport } from './transport.js';

interface Explained {
  readonly requestId: string;
  readonly language?: Language | undefined;
}

export function explainRequest(
  transport: Transport,
  { requestId, language = transport.language }: Explained,
): Promise<Explanation> {
  return transport.call('GET /requests/:id/explanation', {
    id: requestId,
    query: { lang: language },
  });
}
