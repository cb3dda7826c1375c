/** The place in the page, as the address names it: `#/requests/Ab12Cd-7?appId=300000000001`. */

export const VIEWS = ['requests', 'handset', 'apps', 'outcomes'] as const;
export type View = (typeof VIEWS)[number];

export interface Place {
  readonly view: View;
  /** The id of the open request, app or code. */
  readonly opened: string | undefined;
  readonly parameters: Readonly<Record<string, string>>;
}

export interface PlaceInput extends Partial<Omit<Place, 'parameters'>> {
  readonly view: View;
  readonly parameters?: Readonly<Record<string, string | undefined>>;
}

/** An unknown view is the list of requests. */
export function placeOf(hash: string): Place {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split('?');
  const [first = '', ...rest] = path.split('/');
  return {
    view: VIEWS.find((name) => name === first) ?? 'requests',
    opened: decoded(rest.join('/')) || undefined,
    parameters: Object.fromEntries(new URLSearchParams(query)),
  };
}

/** A typed address may have invalid escapes. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Omits parameters that are undefined. */
export function hashOf({ view, opened, parameters = {} }: PlaceInput): string {
  const defined = Object.entries(parameters).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  const query = new URLSearchParams(defined).toString();
  const path = opened === undefined ? '' : `/${encodeURIComponent(opened)}`;
  return `#/${view}${path}${query === '' ? '' : `?${query}`}`;
}
