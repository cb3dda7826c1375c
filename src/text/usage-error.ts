/** A mistake in flags, options or files: one line and exit status 2. */
import { type Bilingual, BilingualError, bilingual, COLON } from './bilingual.js';
import { type ArgumentsOf, type Message, textsOf } from './catalogue.js';
import { codeOf, hasCode, messageOf } from './error-message.js';
import { jsonMistake } from './json-position.js';
import { printable } from './printable.js';
import { USAGE_MESSAGES } from './usage-messages.js';

export class UsageError extends BilingualError {
  override readonly name = 'UsageError';

  /** A plain string is for developers, who read the message of an exception. */
  constructor(words: string | Bilingual, id?: string) {
    super(typeof words === 'string' ? { en: words, zh: words } : words, { id });
  }
}

/** Returns what creates the errors of a catalogue. */
export function usageErrors<Rows extends { readonly [Id in keyof Rows]: Message }>(rows: Rows) {
  const textOf = textsOf(rows);
  return <Id extends keyof Rows & string>(id: Id, ...parameters: ArgumentsOf<Rows[Id]>) =>
    new UsageError(textOf(id, ...parameters), id);
}

const usage = usageErrors(USAGE_MESSAGES);

/** The words of any error. The message of one that is not ours is the same in both languages. */
export function wordsOf(error: unknown): Bilingual {
  if (error instanceof BilingualError) return error.words;
  const message = messageOf(error);
  return { en: message, zh: message };
}

/** The id of an error, if it is of a catalogue. */
export function idOf(error: unknown): string | undefined {
  return error instanceof BilingualError ? error.id : undefined;
}

/** An error about a file, after the name of the file: a flag with its value, or a text. */
export function fileError(named: string | Bilingual, error: unknown): UsageError {
  const { words, id } = error instanceof BilingualError ? error : fileProblem(error);
  const { words: name } = new UsageError(named);
  return new UsageError(
    bilingual((language) => `${name[language]}${COLON[language]}${words[language]}`),
    id,
  );
}

/** The value of a JSON text. Throws a UsageError with the place of the mistake. */
export function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    const mistake = jsonMistake(text);
    throw usage('json.invalid', { mistake: bilingual((language) => printable(mistake[language])) });
  }
}

const FILE_PROBLEMS = [
  { code: 'ENOENT', id: 'file.not-found' },
  { code: 'ENOTDIR', id: 'file.not-below-a-folder' },
  { code: 'EISDIR', id: 'file.folder' },
  { code: 'ELOOP', id: 'file.link-to-itself' },
  { code: 'EACCES', id: 'file.no-permission' },
] as const;

/** Why a file cannot be read. */
function fileProblem(error: unknown): UsageError {
  const row = FILE_PROBLEMS.find(({ code }) => hasCode(error, code));
  if (row !== undefined) return usage(row.id);
  return usage('file.unreadable', { reason: printable(messageOf(error).replace(/\s+/g, ' ')) });
}

/** Writes a file. Throws a UsageError with the setting that has the path. */
export function writing<T>(setting: string, path: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw usage('file.not-writable', { setting, path, code: codeOf(error) ?? messageOf(error) });
  }
}
