/** The messages with an id: of calls of the control API, of their fields, and of the command. */

import { type Bilingual, bilingual } from '../../src/text/bilingual.js';
import { FLAG_MESSAGES } from '../../src/text/flag-messages.js';
import { USAGE_MESSAGES } from '../../src/text/usage-messages.js';
import { HOSTS_MESSAGES } from '../cli/exec/hosts-messages.js';
import { EXPLAIN_MESSAGES } from '../cli/explain/messages.js';
import { COMMAND_MESSAGES } from '../cli/messages.js';
import { FIELD_MESSAGES, PROBLEM_MESSAGES } from '../control-api/problem-messages.js';
import { LISTENER_MESSAGES } from '../http/messages.js';
import { CA_MESSAGES } from '../http/tls/messages.js';
import { HANDLER_MESSAGES } from '../in-process/messages.js';
import { OPTION_MESSAGES } from '../options/messages.js';
import { VALUE_MESSAGES } from '../schemas/value-messages.js';
import { SERVER_MESSAGES } from '../server/messages.js';
import { type Entry, escaped, labelled } from './entry.js';

interface Row extends Bilingual {
  readonly status?: number;
}

export type Catalogue = Readonly<Record<string, Row>>;

/** The calls of the control API; their fields, which follow the name of the field; the command and its files. */
const CATALOGUES = {
  calls: [PROBLEM_MESSAGES],
  fields: [VALUE_MESSAGES, FIELD_MESSAGES],
  usage: [
    FLAG_MESSAGES,
    USAGE_MESSAGES,
    OPTION_MESSAGES,
    COMMAND_MESSAGES,
    HOSTS_MESSAGES,
    EXPLAIN_MESSAGES,
    SERVER_MESSAGES,
    LISTENER_MESSAGES,
    CA_MESSAGES,
    HANDLER_MESSAGES,
  ],
} as const satisfies Readonly<Record<string, readonly Catalogue[]>>;

export type ProblemKind = keyof typeof CATALOGUES;

export const PROBLEM_KINDS = Object.keys(CATALOGUES) as readonly ProblemKind[];

export function problemEntries(kind: ProblemKind): readonly Entry[] {
  const catalogues: readonly Catalogue[] = CATALOGUES[kind];
  return catalogues.flatMap((rows) => entriesOf(rows, kind));
}

const DEFAULT_STATUS = 400;
const STATUS: Bilingual = { en: 'Status', zh: '状态码' };

/** @param kind messages of the command have no HTTP status */
export function entriesOf(rows: Catalogue, kind: ProblemKind): readonly Entry[] {
  return Object.entries(rows).map(([id, { status = DEFAULT_STATUS, ...row }]) => ({
    id,
    title: bilingual((language) => escaped(withoutQuotes(row[language]))),
    lines:
      kind === 'usage'
        ? []
        : [
            labelled(
              STATUS,
              bilingual(() => String(status)),
            ),
          ],
  }));
}

/** `{"name"}` is a value in quotes. */
function withoutQuotes(text: string): string {
  return text.replaceAll('"}', '}').replaceAll('{"', '{');
}
