/** Where the user is, as the address has it: `#/requests/Ab12Cd-7?appId=300000000001`. */

export const VIEWS = ['handset', 'requests', 'apps', 'outcomes'] as const;
export type View = (typeof VIEWS)[number];

export interface Place {
  readonly view: View;
  /** What is opened: a request, an app, a code. */
  readonly opened: string | undefined;
  readonly parameters: Readonly<Record<string, string>>;
}

/** As much of it as is to be said. */
export type PlaceInput = Partial<Place> & Pick<Place, 'view'>;

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

/** Parameters that are empty are left out. */
export function hashOf({ view, opened, parameters = {} }: PlaceInput): string {
  const query = new URLSearchParams(Object.entries(parameters).filter(([, value]) => value !== '')).toString();
  const path = opened === undefined ? '' : `/${encodeURIComponent(opened)}`;
  return `#/${view}${path}${query === '' ? '' : `?${query}`}`;
}
