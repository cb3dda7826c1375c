/** The control API's document as a judge of real answers. */
import { Ajv2020 } from 'ajv/dist/2020.js';
import { openapiDocument } from '../../mock-server/control-api/openapi/document.js';
import { ROUTES } from '../../mock-server/control-api/routes.js';

const ID = 'openapi.json';
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

/** As somebody who fetches it has it. */
export const DOCUMENT = JSON.parse(JSON.stringify(openapiDocument(ROUTES))) as ReturnType<typeof openapiDocument>;

const ajv = new Ajv2020({ allowUnionTypes: true, allErrors: true });
// The rest of what it checks of schemas stays on: a misspelt keyword would let anything pass.
ajv.addVocabulary(Object.keys(DOCUMENT));
ajv.addSchema(DOCUMENT, ID);

export const OPERATIONS_DESCRIBED: readonly Described[] = Object.entries(DOCUMENT.paths).flatMap(([path, item]) =>
  METHODS.flatMap((method) => {
    const operation = (item as Readonly<Record<string, Operation>>)[method];
    return operation === undefined ? [] : [{ ...operation, method, path }];
  }),
);

/** What is wrong with an answer by the document; none where it is as described. */
export function faultsOf(
  operationId: string,
  {
    status,
    contentType,
    body,
  }: { readonly status: number; readonly contentType: string | undefined; readonly body: unknown },
): readonly string[] {
  const described = OPERATIONS_DESCRIBED.find((operation) => operation.operationId === operationId)?.responses[status];
  if (described === undefined) return [`${operationId} has no answer ${status}`];
  const content = described.$ref === undefined ? described.content : resolve(described.$ref);
  if (content === undefined) return contentType === undefined ? [] : [`no body is due, found ${contentType}`];
  const media = content[contentType?.split(';')[0] ?? ''];
  if (media === undefined) return [`${contentType} is none of ${Object.keys(content)}`];
  const validate = ajv.compile(fromOutside(media.schema));
  return validate(body) ? [] : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

function resolve(ref: string): Readonly<Record<string, Media>> | undefined {
  const name = ref.split('/').at(-1) ?? '';
  return DOCUMENT.components.responses[name]?.content;
}

function fromOutside(schema: object): object {
  return '$ref' in schema ? { $ref: `${ID}${schema.$ref}` } : schema;
}
