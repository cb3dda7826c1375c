/** The OpenAPI document of the carrier's two operations, read from its file as users do. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Operation } from '../../../contracts/index.js';

export const FILE = fileURLToPath(
  new URL('../../../contracts/openapi/cmpassport.openapi.json', import.meta.url),
);

interface Example {
  readonly summary: string;
  readonly description: string;
  // biome-ignore lint/suspicious/noExplicitAny: the two operations have different structures
  readonly value: any;
}

interface Media {
  readonly schema: { readonly $ref: string };
  readonly examples: Readonly<Record<string, Example>>;
}

interface Content {
  readonly description: string;
  readonly content: { readonly 'application/json': Media };
}

interface PostItem {
  readonly post: {
    readonly operationId: Operation;
    readonly description: string;
    readonly requestBody: Content;
    readonly responses: Readonly<Record<string, Content>>;
  };
}

interface OpenapiDocument {
  readonly openapi: string;
  readonly servers: readonly { readonly url: string }[];
  readonly paths: Readonly<Record<string, PostItem>>;
}

export const DOCUMENT: OpenapiDocument = JSON.parse(readFileSync(FILE, 'utf8'));

export interface NamedExample extends Example {
  readonly operation: Operation;
  readonly name: string;
  readonly path: string;
}

/** The examples of requests, named by signing mode. */
export const REQUESTS: readonly NamedExample[] = examplesOf(({ requestBody }) => requestBody);

/** The examples of responses, named by result code. */
export const ANSWERS: readonly NamedExample[] = examplesOf(({ responses }) => responses['200']);

function examplesOf(
  contentOf: (post: PostItem['post']) => Content | undefined,
): readonly NamedExample[] {
  return Object.entries(DOCUMENT.paths).flatMap(([path, { post }]) =>
    Object.entries(contentOf(post)?.content['application/json'].examples ?? {}).map(
      ([name, example]) => ({
        ...example,
        operation: post.operationId,
        name,
        path,
      }),
    ),
  );
}

export function exampleOf(
  examples: readonly NamedExample[],
  operation: Operation,
  name: string,
): NamedExample {
  const example = examples.find((each) => each.operation === operation && each.name === name);
  if (example === undefined) throw new Error(`${operation} has no example ${name}`);
  return example;
}

export function resultCodeOf({ value }: NamedExample): unknown {
  return (value.header ?? value).resultCode;
}
