/** A scenario, as in its file: the response that the client gets, and how it must handle it. Its schema has the members. */
import type { Operation } from '../index.js';
import { publishedData, stemOf } from '../kit/case-files.js';
import type { ScenarioFormat } from '../kit/formats.js';
import { OPERATIONS } from '../kit/operations.js';

export type ScenarioFile = ScenarioFormat['file'] & { readonly operation: Operation };
export type Scenario = ScenarioFormat['scenario'];
/** The changes that the recorder makes to a response of the mock. */
export type Alteration = ScenarioFormat['alteration'];

/** In the order of the document. */
export const SCENARIO_FILES: readonly ScenarioFile[] = OPERATIONS.map((operation) =>
  publishedData(`scenarios/${stemOf(operation)}.json`),
);
