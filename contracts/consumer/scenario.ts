/** A scenario as its file has it: the answer that the client gets, and how it has to take it. schemas/scenario-file.schema.json says the same to other languages. */
import type { Basis, Operation } from '../index.js';
import type { Level, Patch, Recipe, Signing } from '../provider/case.js';

export interface ScenarioFile {
  readonly operation: Operation;
  readonly scenarios: readonly Scenario[];
  /** What holds of every request that was sent, in whichever scenario. */
  readonly sent: readonly SentRow[];
  /** What else holds of a request that was captured where the kit gave no token. */
  readonly captured: readonly SentRow[];
}

/** What a scenario and a check of what was sent have in common. */
export interface SentRow {
  /** Stable, and never given to another. */
  readonly id: string;
  readonly description: string;
  readonly source: { readonly section: string; readonly sentence: string };
  readonly level: Level;
  readonly basis: Basis;
  /** The rows of duties/<operation>.json that it holds the client to. */
  readonly duties?: readonly string[];
}

export interface Scenario extends SentRow {
  readonly given?: ScenarioGiven;
  readonly answer: ScenarioAnswer;
  readonly then: ScenarioThen;
}

export interface ScenarioGiven {
  /** Settings that the app is made with, as the control API takes them. */
  readonly app?: Readonly<Record<string, unknown>>;
  /** Only for a client that signs so; at another it is skipped. */
  readonly signing?: Signing;
}

export interface ScenarioAnswer {
  /** The mock's script of the operation; the genuine answer where there is none. */
  readonly script?: string;
  readonly recorder?: Alteration;
  /** How long the answer takes. */
  readonly delay?: string;
}

/** What the recorder does to an answer of the mock; in this order. Texts may name values in braces. */
export interface Alteration {
  readonly patch?: readonly Patch[];
  /** A pointer into the answer, and how the value there is made. */
  readonly derived?: Readonly<Record<string, Recipe>>;
  /** `cut`: half of the text. */
  readonly layout?: 'pretty' | 'reversed' | 'escaped' | 'cut';
  /** An unknown field in front: so many bytes, or lists in lists so deep. */
  readonly padding?: { readonly bytes: number } | { readonly depth: number };
  /** The body; `{json}` is the answer so far, `{members}` the same without the braces around it. */
  readonly text?: string;
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Answered by a redirect to another path of the recorder, and not by the mock; there stands the answer. */
  readonly redirect?: 307 | 308;
  /** The body comes in many small pieces, spread over this. */
  readonly over?: string;
  /** The mock has answered by then: close and reset before the answer, close within it, or silence. */
  readonly ending?: 'close' | 'close-within' | 'reset' | 'silence';
  /** Nobody listens there: at all, or for a while. */
  readonly listening?: 'never' | { readonly after: string };
}

export interface ScenarioThen {
  /** Whether the number is obtained, or the user's own: exit status 0. Either will do where it is left out. */
  readonly believed?: boolean;
  /** How many requests arrive. */
  readonly calls: { readonly min: number; readonly max: number };
}
