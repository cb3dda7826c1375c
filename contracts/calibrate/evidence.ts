/** Redacts a request and its response for storage: no secret, token, number or signature that could be reused. */
import type { Provider } from '../kit/provider.js';
import { type Redact, redactor } from '../kit/redact.js';
import { cut } from '../kit/result.js';
import type { WireRequest } from '../kit/wire.js';

const LENGTH_MAX = 2000;
const REUSABLE = /("(?:sign|phoneNum)"\s*:\s*")[^"]*"/g;

/** @param own The appId and the used live tokens. Those of a real carrier can have a format that no pattern matches. */
export function evidenceRedactor(provider: Provider, own: ReadonlySet<string>): Redact {
  const { secrets, phoneNumbers } = provider.hidden();
  const redact = redactor({ secrets: [...secrets, ...own], phoneNumbers });
  return (text) => cut(redact(text.replace(REUSABLE, '$1[hidden]"')), LENGTH_MAX);
}

export function requestText({ method, path, headers, body }: WireRequest): string {
  const lines = headers.map(([name, value]) => `${name}: ${value}`);
  return [`${method} ${path}`, ...lines, '', body.toString()].join('\n');
}
