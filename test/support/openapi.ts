/** Checks real responses against the control API's OpenAPI document. */
import { Ajv2020 } from 'ajv/dist/2020.js';
import { openapiDocument } from '../../mock-server/control-api/openapi/document.js';

const DOCUMENT_ID = 'openapi.json';
const METHODS = ['get', 'put', 'post', 'patch', 'delete'] as const;

interface Media {
  readonly schema: object;
}

interface Operation {
  readonly operationId: string;
  readonly responses: Readonly<
    Record<string, { readonly $ref?: string; readonly content?: Readonly<Record<string, Media>> }>
  >;
}

export interface Described extends Operation {
  readonly method: (typeof METHODS)[number];
  /** `/_mock/apps/{appId}` */
  readonly path: string;
}

/** The document as a client receives it. */
export const DOCUMENT = JSON.parse(JSON.stringify(openapiDocument())) as ReturnType<
  typeof openapiDocument
>;

const ajv = new Ajv2020({ allowUnionTypes: true, allErrors: true });
// Ajv stays strict: a misspelt keyword would accept any value.
ajv.addVocabulary(Object.keys(DOCUMENT));
ajv.addSchema(DOCUMENT, DOCUMENT_ID);
// Ajv compiles an equal schema again if it is another object.
const validators = new Map<object, ReturnType<typeof ajv.compile>>();

export const OPERATIONS_DESCRIBED: readonly Described[] = Object.entries(DOCUMENT.paths).flatMap(
  ([path, item]) =>
    METHODS.flatMap((method) => {
      const operation = (item as Readonly<Record<string, Operation>>)[method];
      return operation === undefined ? [] : [{ ...operation, method, path }];
    }),
);

/** Returns the differences between a response and the document. */
export function faultsOf(
  operationId: string,
  {
    status,
    contentType,
    body,
  }: { readonly status: number; readonly contentType: string | undefined; readonly body: unknown },
): readonly string[] {
  const described = OPERATIONS_DESCRIBED.find((operation) => operation.operationId === operationId)
    ?.responses[status];
  if (described === undefined) return [`${operationId} has no response ${status}`];
  const content = described.$ref === undefined ? described.content : resolve(described.$ref);
  if (content === undefined)
    return contentType === undefined ? [] : [`expected no body, found ${contentType}`];
  const media = content[contentType?.split(';')[0] ?? ''];
  if (media === undefined) return [`expected ${Object.keys(content)}, found ${contentType}`];
  const validate = validators.get(media.schema) ?? ajv.compile(fromOutside(media.schema));
  validators.set(media.schema, validate);
  return validate(body)
    ? []
    : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

function resolve(ref: string): Readonly<Record<string, Media>> | undefined {
  const name = ref.split('/').at(-1) ?? '';
  return DOCUMENT.components.responses[name]?.content;
}

function fromOutside(schema: object): object {
  return '$ref' in schema ? { $ref: `${DOCUMENT_ID}${schema.$ref}` } : schema;
}
