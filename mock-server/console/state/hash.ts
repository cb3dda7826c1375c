/** Where the user is, as the address has it: `#/requests/Ab12Cd-7?appId=300000000001`. */

export const VIEWS = ['requests', 'handset', 'apps', 'outcomes'] as const;
export type View = (typeof VIEWS)[number];

export interface Place {
  readonly view: View;
  /** What is opened: a request, an app, a code. */
  readonly opened: string | undefined;
  readonly parameters: Readonly<Record<string, string>>;
}

/** As much of it as is known. */
export interface PlaceInput extends Partial<Omit<Place, 'parameters'>> {
  readonly view: View;
  readonly parameters?: Readonly<Record<string, string | undefined>>;
}

/** What names no view is the list of requests. */
export function placeOf(hash: string): Place {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split('?');
  const [first = '', ...rest] = path.split('/');
  const opened = rest.map(decoded).join('/');
  return {
    view: VIEWS.find((name) => name === first) ?? 'requests',
    opened: opened === '' ? undefined : opened,
    parameters: Object.fromEntries(new URLSearchParams(query)),
  };
}

/** What was typed by hand need not be well formed. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Parameters that are undefined are left out. */
export function hashOf({ view, opened, parameters = {} }: PlaceInput): string {
  const given = Object.entries(parameters).flatMap(([name, value]): [string, string][] =>
    value === undefined ? [] : [[name, value]],
  );
  const query = new URLSearchParams(given).toString();
  const path = opened === undefined ? '' : `/${encodeURIComponent(opened)}`;
  return `#/${view}${path}${query === '' ? '' : `?${query}`}`;
}
