/** Calls of the control API that must succeed. */

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

export async function control<T>(url: string, method: Method, path: string, body?: unknown): Promise<T> {
  const init = body === undefined ? {} : { body: JSON.stringify(body) };
  const response = await fetch(`${url}/_mock${path}`, { method, ...init });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text.slice(0, 200)}`);
  return (text === '' ? undefined : JSON.parse(text)) as T;
}

export interface MintedToken {
  readonly token: string;
  readonly issuedAtMs: number;
  readonly expiresAtMs: number;
}

export async function mintTokens(
  url: string,
  appId: string,
  input: Readonly<Record<string, unknown>> & { readonly count: number },
): Promise<readonly MintedToken[]> {
  const { tokens } = await control<{ readonly tokens: readonly MintedToken[] }>(
    url,
    'POST',
    `/apps/${appId}/tokens`,
    input,
  );
  return tokens;
}

export interface Journal {
  readonly kept: number;
  readonly evicted: number;
}

/** Returns the numbers of kept and dropped requests of an app's journal. */
export async function journalOf(url: string, appId: string): Promise<Journal> {
  const { count } = await control<{ readonly count: number }>(url, 'POST', '/requests/count', { appId });
  const { evicted } = await control<{ readonly evicted: number }>(url, 'GET', `/requests?appId=${appId}&limit=1`);
  return { kept: count, evicted };
}
