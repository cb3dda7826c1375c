/** A scenario, as in its file: the response that the client gets, and how it must handle it. schemas/scenario-file.schema.json describes it for other languages. */

import type { Operation } from '../index.js';
import type { Patch, Recipe, Row, Signing } from '../kit/case.js';
import { publishedData, stemOf } from '../kit/data.js';
import { OPERATIONS } from '../kit/operations.js';

export interface ScenarioFile {
  readonly operation: Operation;
  readonly scenarios: readonly Scenario[];
  /** The checks of every request, in all scenarios. */
  readonly sent: readonly Row[];
  /** The checks of captured requests, whose token is not from the kit. */
  readonly captured: readonly Row[];
}

export interface Scenario extends Row {
  readonly given?: ScenarioGiven;
  readonly answer: ScenarioAnswer;
  readonly then: ScenarioThen;
}

export interface ScenarioGiven {
  /** The settings of the app, in the format of the control API. */
  readonly app?: Readonly<Record<string, unknown>>;
  /** Only for a client with this signing mode; skipped for others. */
  readonly signing?: Signing;
}

export interface ScenarioAnswer {
  /** The mock's script for the operation. Without one, the response is the normal outcome. */
  readonly script?: string;
  readonly recorder?: Alteration;
  /** The delay of the response. */
  readonly delay?: string;
}

/** The changes that the recorder makes to a response of the mock, in this order. Texts can have value names in braces. */
export interface Alteration {
  readonly patch?: readonly Patch[];
  /** JSON Pointers into the response, with the recipe of the value. */
  readonly derived?: Readonly<Record<string, Recipe>>;
  /** `cut`: half of the text. */
  readonly layout?: 'pretty' | 'reversed' | 'escaped' | 'cut';
  /** An unknown field in front, with this number of bytes or this depth of nested arrays. */
  readonly padding?: { readonly bytes: number } | { readonly depth: number };
  /** The body. `{json}` is the current JSON, `{members}` the same without its outer braces. */
  readonly text?: string;
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Redirects to another path of the recorder, which has the response. */
  readonly redirect?: 307 | 308;
  /** The duration over which the body arrives in many small pieces. */
  readonly over?: string;
  /** How the connection ends after the mock decided: closed or reset before the response, closed within it, or silent. */
  readonly ending?: 'close' | 'close-within' | 'reset' | 'silence';
  /** No server listens at the address: never, or only after a while. */
  readonly listening?: 'never' | { readonly after: string };
}

export interface ScenarioThen {
  /** Whether the client accepts the number (exit status 0). If omitted, both are correct. */
  readonly believed?: boolean;
  /** The number of requests. */
  readonly calls: { readonly min: number; readonly max: number };
}

/** In the order of the document. */
export const SCENARIO_FILES: readonly ScenarioFile[] = OPERATIONS.map((operation) =>
  publishedData(`scenarios/${stemOf(operation)}.json`),
);
