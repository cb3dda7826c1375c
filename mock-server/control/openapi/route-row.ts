/** What a row of the table of routes says, and the tags that routes are grouped by. */
import type { CONTROL_SCHEMAS } from '../../schemas.js';

export const TAGS = [
  { name: 'Server', description: 'Health, certificate, reset, and this document.' },
  { name: 'Apps', description: 'Each app is a world of its own: tokens, clock, quota, scripts, journal, ledger.' },
  { name: 'Tokens', description: 'What the SDK in the phone would get.' },
  { name: 'SMS credential', description: '短验辅助凭证: the accessToken that comes with 001.' },
  { name: 'Clock', description: 'Rules lifetimes, the renewal of the daily quota, and the times in answers.' },
  { name: 'Outcomes', description: 'What the next answers of an operation will be, as a script.' },
  { name: 'Snapshots', description: 'The state of an app, saved and put back.' },
  { name: 'Journal', description: 'Every carrier request, and why it was answered as it was.' },
  { name: 'Ledger', description: '话单: what was charged, and what is left.' },
  { name: 'Reference', description: "The carrier's calls, how its document is read, and the numbers that it knows." },
  { name: 'Tools', description: 'What is made or checked, and kept nowhere.' },
] as const;

export type QueryName = 'appId' | 'operation' | 'resultCode' | 'after' | 'limit' | 'lang' | 'way' | 'signing';
export type Tag = (typeof TAGS)[number]['name'];

export interface RouteRow {
  readonly method: 'get' | 'put' | 'post' | 'patch' | 'delete';
  readonly path: `/_mock/${string}`;
  readonly operationId: string;
  readonly tag: Tag;
  readonly summary: string;
  /** The schema of its body. */
  readonly takes?: keyof typeof CONTROL_SCHEMAS;
  readonly query?: readonly QueryName[];
  /** What it answers when all is well: a status, and the schema of its JSON or another content type. */
  readonly answers: { readonly status: 200 | 201 | 204; readonly schema?: string; readonly contentType?: string };
  /** The problems that are its own, beside those that any call can meet. */
  readonly problems?: readonly number[];
  /** Works without the control token. */
  readonly open?: true;
}

export const NO_CONTENT = { status: 204 } as const;

export function json(schema: string, status: 200 | 201 = 200) {
  return { status, schema };
}
