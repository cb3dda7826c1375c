/** The OpenAPI document of the carrier's operations, as users receive it. */
import type { Operation } from '../../../contracts/index.js';
import { CARRIER_DOCUMENT } from '../../../mock-server/control-api/openapi/carrier-document.js';

interface Example {
  readonly summary: string;
  readonly description: string;
  // biome-ignore lint/suspicious/noExplicitAny: the operations have different structures
  readonly value: any;
}

interface Media {
  readonly schema: { readonly $ref: string };
  readonly examples: Readonly<Record<string, Example>>;
}

interface Content {
  readonly description: string;
  readonly headers?: Readonly<Record<string, { readonly example: string }>>;
  readonly content: { readonly 'application/json': Media };
}

interface PostItem {
  readonly post: {
    readonly operationId: Operation;
    readonly description: string;
    readonly parameters?: readonly { readonly name: string; readonly example: string }[];
    readonly requestBody: Content;
    readonly responses: Readonly<Record<string, Content>>;
  };
}

interface OpenapiDocument {
  readonly openapi: string;
  readonly servers: readonly { readonly url: string }[];
  readonly paths: Readonly<Record<string, PostItem>>;
}

export const DOCUMENT: OpenapiDocument = JSON.parse(JSON.stringify(CARRIER_DOCUMENT));

/** The examples of the headers that carry fields: those of a request, and of every response. */
const REQUEST_HEADERS = headersOf(({ parameters = [] }) =>
  parameters.map(({ name, example }) => [name, example]),
);
const RESPONSE_HEADERS = headersOf(({ responses }) =>
  Object.entries(responses['200']?.headers ?? {}).map(([name, { example }]) => [name, example]),
);

function headersOf(of: (post: PostItem['post']) => readonly (readonly [string, string])[]) {
  return new Map(
    Object.values(DOCUMENT.paths).map(({ post }) => [
      post.operationId,
      Object.fromEntries(of(post)) as Readonly<Record<string, string>>,
    ]),
  );
}

/** The value of an example as the contract's schemas describe it: with the headers that carry fields. */
export function withHeaders({ operation, value }: NamedExample, direction: 'request' | 'response') {
  const headers = (direction === 'request' ? REQUEST_HEADERS : RESPONSE_HEADERS).get(operation);
  return headers === undefined || Object.keys(headers).length === 0
    ? value
    : { '@headers': headers, ...value };
}

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
