/** Reads a JSON file that a schema describes, and says what is wrong with it in one sentence. */
import { readFileSync } from 'node:fs';
import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';
import { UsageProblem } from './usage-problem.js';

const FILE_BYTES_MAX = 4 * 1024 * 1024;
const ajv = new Ajv2020({ strict: true, allErrors: true, strictRequired: false });

/** Throws a UsageProblem that names the file and the field. */
export function readJsonFile<T>(path: string, schema: object): T {
  const value = parsed(path, read(path));
  const validate = ajv.compile(schema);
  if (validate(value)) return value as T;
  throw new UsageProblem(`${path}: ${sentenceOf(validate.errors ?? [], value)}`);
}

function read(path: string): string {
  try {
    const text = readFileSync(path, 'utf8');
    if (text.length > FILE_BYTES_MAX) throw new UsageProblem(`${path}: longer than ${FILE_BYTES_MAX} characters`);
    return text.replace(/^\ufeff/, '');
  } catch (error) {
    if (error instanceof UsageProblem) throw error;
    throw new UsageProblem(
      `${path}: cannot be read (${error instanceof Error && 'code' in error ? error.code : error})`,
    );
  }
}

function parsed(path: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new UsageProblem(`${path}: no JSON (${error instanceof Error ? error.message : error})`);
  }
}

/** The deepest error says most: what stands above it follows from it. */
function sentenceOf(errors: readonly ErrorObject[], value: unknown): string {
  // A branch whose constant differs is not the one that was meant.
  const others = errors.filter(({ keyword }) => keyword === 'const').map(branchOf);
  const telling = errors.filter((error) => error.keyword !== 'oneOf' && !others.includes(branchOf(error)));
  const [first] = [...(telling.length > 0 ? telling : errors)].sort((a, b) => depthOf(b) - depthOf(a));
  if (first === undefined) return `does not fit, found ${JSON.stringify(value)}`;
  const { instancePath, keyword, params, message } = first;
  const at = instancePath === '' ? 'the file' : instancePath;
  if (keyword === 'additionalProperties') return `${at} has no field ${JSON.stringify(params['additionalProperty'])}`;
  if (keyword === 'required') return `${at} needs the field ${JSON.stringify(params['missingProperty'])}`;
  if (keyword === 'enum') return `${at} is one of ${(params['allowedValues'] as readonly unknown[]).join(', ')}`;
  return `${at} ${message}`;
}

/** The alternative of a `oneOf` that an error stands in. */
function branchOf({ schemaPath }: ErrorObject): string {
  return /^.*\/oneOf\/\d+/.exec(schemaPath)?.[0] ?? schemaPath;
}

function depthOf({ instancePath }: ErrorObject): number {
  return instancePath.split('/').length;
}
