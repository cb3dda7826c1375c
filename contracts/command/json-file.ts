/** Reads a JSON file and validates it against a schema. A mistake is one sentence. */
import { readFileSync } from 'node:fs';
import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';
import { UsageProblem } from './usage-problem.js';

const FILE_BYTES_MAX = 4 * 1024 * 1024;
const ajv = new Ajv2020({ strict: true, allErrors: true, strictRequired: false });

/** Throws a UsageProblem with the file and the field. */
export function readJsonFile<T>(path: string, schema: object): T {
  const value = parsed(path, read(path));
  const validate = ajv.compile(schema);
  if (validate(value)) return value as T;
  throw new UsageProblem(`${path}: ${sentenceOf(validate.errors ?? [], value)}`);
}

function read(path: string): string {
  try {
    const text = readFileSync(path, 'utf8');
    if (text.length > FILE_BYTES_MAX)
      throw new UsageProblem(`${path}: the file must have at most ${FILE_BYTES_MAX} characters`);
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
    throw new UsageProblem(`${path}: the file is not JSON (${error instanceof Error ? error.message : error})`);
  }
}

/** Uses the deepest error, because the others follow from it. */
function sentenceOf(errors: readonly ErrorObject[], value: unknown): string {
  // A branch with another constant is not the intended one.
  const others = errors.filter(({ keyword }) => keyword === 'const').map(branchOf);
  const relevant = errors.filter((error) => error.keyword !== 'oneOf' && !others.includes(branchOf(error)));
  const [first] = [...(relevant.length > 0 ? relevant : errors)].sort((a, b) => depthOf(b) - depthOf(a));
  if (first === undefined) return `does not match its schema, found ${JSON.stringify(value)}`;
  const { instancePath, keyword, params, message } = first;
  const at = instancePath === '' ? 'the file' : instancePath;
  if (keyword === 'additionalProperties')
    return `${at} has the unknown field ${JSON.stringify(params['additionalProperty'])}`;
  if (keyword === 'required') return `${at} needs the field ${JSON.stringify(params['missingProperty'])}`;
  if (keyword === 'enum') return `${at} must be one of ${(params['allowedValues'] as readonly unknown[]).join(', ')}`;
  return `${at} ${message}`;
}

/** The `oneOf` branch of an error. */
function branchOf({ schemaPath }: ErrorObject): string {
  return /^.*\/oneOf\/\d+/.exec(schemaPath)?.[0] ?? schemaPath;
}

function depthOf({ instancePath }: ErrorObject): number {
  return instancePath.split('/').length;
}
