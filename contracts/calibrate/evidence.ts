/** Redacts a request and its response for storage: no secret, token, number or signature that could be reused. */

import type { Provider } from '../provider/case-app.js';
import type { WireRequest } from '../provider/subject.js';
import { type Redact, redactor } from '../report/redact.js';
import { cut } from '../report/text.js';

const LENGTH_MAX = 2000;
const REUSABLE = /("(?:sign|phoneNum)"\s*:\s*")[^"]*"/g;

/** @param tokens The used live tokens. Those of a real carrier can have a format that no pattern matches. */
export function evidenceRedactor(provider: Provider, tokens: readonly string[]): Redact {
  const { secrets, phoneNumbers } = provider.hidden();
  const redact = redactor({ secrets: [...secrets, ...tokens], phoneNumbers });
  return (text) => cut(redact(text.replace(REUSABLE, '$1[hidden]"')), LENGTH_MAX);
}

export function requestText({ method, path, headers, body }: WireRequest): string {
  const lines = headers.map(([name, value]) => `${name}: ${value}`);
  return [`${method} ${path}`, ...lines, '', body.toString()].join('\n');
}
