/** The types that JSON Schemas stand for, as TypeScript; and what the compiler says of a text that compares them with others. */
import { resolve } from 'node:path';
import ts from 'typescript';
import { DOCUMENT } from './openapi.js';

interface Schema {
  readonly $ref?: string;
  readonly anyOf?: readonly Schema[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly type?: string | readonly string[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
}

const COMPONENTS: Readonly<Record<string, Schema>> = DOCUMENT.components.schemas;

/** References are written out: types are compared by their structure. */
export function typeOf(component: string): string {
  const schema = COMPONENTS[component];
  if (schema === undefined) throw new Error(`no component ${component}`);
  return typeText(schema);
}

function typeText(schema: Schema): string {
  if (schema.$ref !== undefined) return typeOf(schema.$ref.split('/').at(-1) ?? '');
  if (schema.anyOf !== undefined) return schema.anyOf.map(typeText).join(' | ');
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum !== undefined) return schema.enum.map((value) => JSON.stringify(value)).join(' | ');
  return [schema.type ?? []]
    .flat()
    .map((type) => ofType(type, schema))
    .join(' | ');
}

function ofType(type: string, schema: Schema): string {
  switch (type) {
    case 'integer':
      return 'number';
    case 'array':
      return `readonly (${typeText(schema.items ?? {})})[]`;
    case 'object':
      return objectText(schema);
    default:
      return type;
  }
}

function objectText({ properties = {}, required = [], additionalProperties }: Schema): string {
  const fields = Object.entries(properties).map(
    ([name, schema]) => `readonly ${JSON.stringify(name)}${required.includes(name) ? '' : '?'}: ${typeText(schema)};`,
  );
  const others =
    typeof additionalProperties === 'object' ? [`readonly [name: string]: ${typeText(additionalProperties)};`] : [];
  return `{ ${[...fields, ...others].join(' ')} }`;
}

/** What the compiler says of a module at that place, under the options of this project. */
export function compilerErrors(file: string, text: string): readonly string[] {
  const path = resolve(file);
  const { config } = ts.readConfigFile('tsconfig.json', ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent({ ...config, include: [], files: [file] }, ts.sys, '.');
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists } = host;
  host.fileExists = (name) => resolve(name) === path || fileExists(name);
  host.getSourceFile = (name, target, ...rest) =>
    resolve(name) === path ? ts.createSourceFile(name, text, target) : getSourceFile(name, target, ...rest);
  const program = ts.createProgram([path], options, host);
  return ts.getPreEmitDiagnostics(program).map((diagnostic) => {
    const line = diagnostic.file?.text.slice(0, diagnostic.start).split('\n').length ?? 1;
    const found = diagnostic.file?.text.split('\n')[line - 1] ?? '';
    return `${found.slice(0, 80)}: ${ts.flattenDiagnosticMessageText(diagnostic.messageText, ' ')}`;
  });
}
