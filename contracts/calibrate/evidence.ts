/** Redacts a request and its response for storage: no secret, token, number or signature that could be reused. */
import type { Provider } from '../kit/provider.js';
import { type Redact, redactor } from '../kit/redact.js';
import { cut } from '../kit/result.js';
import type { WireRequest } from '../kit/wire.js';

const LENGTH_MAX = 2000;
const REUSABLE = /("(?:sign|phoneNum)"\s*:\s*")[^"]*"/g;

/**
 * The redactor of the values that the run has used until now.
 * @param own The appId and the used live tokens. Those of a real carrier can have a format that no pattern matches.
 */
export function evidenceRedactor(provider: Provider, own: ReadonlySet<string>): () => Redact {
  let known: { readonly count: number; readonly redact: Redact } | undefined;
  return () => {
    const { secrets, phoneNumbers } = provider.hidden();
    const count = secrets.length + phoneNumbers.length + own.size;
    // Values are only added.
    if (known?.count !== count)
      known = { count, redact: remembered(textRedactor([...secrets, ...own], phoneNumbers)) };
    return known.redact;
  };
}

function textRedactor(secrets: readonly string[], phoneNumbers: readonly string[]): Redact {
  const redact = redactor({ secrets, phoneNumbers });
  return (text) => cut(redact(text.replace(REUSABLE, '$1[hidden]"')), LENGTH_MAX);
}

/** Most responses have the same texts. */
function remembered(redact: Redact): Redact {
  const known = new Map<string, string>();
  return (text) => {
    const redacted = known.get(text) ?? redact(text);
    known.set(text, redacted);
    return redacted;
  };
}

export function requestText({ method, path, headers, body }: WireRequest): string {
  const lines = headers.map(([name, value]) => `${name}: ${value}`);
  return [`${method} ${path}`, ...lines, '', body.toString()].join('\n');
}
