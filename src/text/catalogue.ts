/** A catalogue of messages: a row for each, in both languages, with the names of its parameters. */
import {
  type Bilingual,
  bilingual,
  filledIn,
  type Language,
  type Words,
  wordsIn,
} from './bilingual.js';
import { quote } from './shown-json.js';

/** A row. `{name}` is replaced by a text or a number, and `{"name"}` by a value as JSON. */
export type Message = Bilingual;
export type Messages = Readonly<Record<string, Message>>;

type Place<Text> = Text extends `${string}{${infer Found}}${infer Rest}`
  ? Found | Place<Rest>
  : never;
type Quoted<Found> = Found extends `"${infer Name}"` ? Name : never;
type Plain<Found> = Found extends `"${string}"` ? never : Found;

/** What a text needs: `{ app: unknown }` for `the app {"app"} exists`. */
export type Parameters<Text> = {
  readonly [Name in Quoted<Place<Text>>]: unknown;
} & { readonly [Name in Plain<Place<Text>> & string]: Words | number };

/** A text with other parameters than the English one does not compile. */
type OtherParameters<En, Zh> = { readonly inEnglish: Place<En>; readonly inChinese: Place<Zh> };
type SameParameters<Rows> = {
  readonly [Id in keyof Rows]: Rows[Id] extends { readonly en: infer En; readonly zh: infer Zh }
    ? [Place<En>, Place<Zh>] extends [Place<Zh>, Place<En>]
      ? unknown
      : OtherParameters<En, Zh>
    : unknown;
};

/** Returns the rows. The compiler compares the parameters of both languages. */
export function catalogue<const Rows extends Messages>(rows: Rows & SameParameters<Rows>): Rows {
  return rows;
}

/** For developers, who read the message of an exception: English in both languages. */
export function inEnglish<const Text extends string>(text: Text) {
  return { en: text, zh: text } as const;
}

/** The arguments after an id: none for a text without parameters. */
export type ArgumentsOf<Row extends Message> = [Place<Row['en']>] extends [never]
  ? []
  : [parameters: Parameters<Row['en']>];

/** The text of a row with its parameters. */
export function message(
  row: Message,
  parameters: Readonly<Record<string, unknown>> = {},
): Bilingual {
  return bilingual((language) =>
    filledIn(row[language], (name, isQuoted) =>
      isQuoted ? quote(parameters[name]) : plain(parameters[name], language),
    ),
  );
}

function plain(value: unknown, language: Language): string {
  return typeof value === 'number' ? String(value) : wordsIn(value as Words, language);
}

/** Returns what gives the texts of a catalogue. */
export function textsOf<Rows extends { readonly [Id in keyof Rows]: Message }>(rows: Rows) {
  return <Id extends keyof Rows & string>(id: Id, ...[parameters]: ArgumentsOf<Rows[Id]>) =>
    message(rows[id], parameters);
}
