/** The request that a client sent, made from the names and values of a text that is not the request itself. */
import { type Part, partsOf } from '../../../../src/protocol/fields.js';
import { parseJson } from '../../../../src/protocol/json.js';
import type { Operation } from '../../../../src/protocol/operations.js';
import type { Capture } from './capture.js';
import { fieldMeant } from './known-names.js';
import { type Holder, otherFields, type TextField } from './text-fields.js';

interface PlacedField {
  /** Where the text has it; undefined if it does not say. */
  readonly part: Part | undefined;
  readonly field: TextField;
  /** Whether the name is one that is sent, and not that of a class. */
  readonly isSentName: boolean;
}

export function rebuiltRequest(
  text: string,
  holder: Holder,
  operation: Operation,
): Pick<Capture, 'body' | 'rawHeaders' | 'isRebuilt'> {
  const fields = [
    ...fieldsIn(text, holder, undefined),
    ...holder.parts.flatMap(([part, inside]) => fieldsIn(text, inside, part)),
  ];
  const isFlat = fields.every(({ part }) => part === undefined);
  const located = fields.map((placed) => locatedField(placed, { operation, isFlat }));
  const at = (location: string) =>
    located.filter((one) => one.location === location).map(({ member }) => member);
  const parts = partsOf(operation).map((part) => `"${part}":{${at(part).join(',')}}`);
  const headers = located.filter(({ location }) => location === 'httpHeader');
  const body = `{${[...at('topLevel'), ...parts].join(',')}}`;
  if (headers.length === 0) return { body, isRebuilt: true };
  const sent = headers.flatMap(({ name, value }) => [name, value]);
  return { body, isRebuilt: true, rawHeaders: ['Content-Type', 'application/json', ...sent] };
}

/** A value that a program prints for none. */
const NONE = /^(?:null|nil|none|undefined|<nil>)$/i;

function fieldsIn(text: string, holder: Holder, around: Part | undefined): readonly PlacedField[] {
  const isSentName = hasSentNames(text, holder);
  const others = isSentName && !holder.isSplit ? otherFields(text, holder) : [];
  return [...holder.fields, ...others]
    .filter(({ quote, value }) => quote !== '' || !NONE.test(value))
    .map((field) => ({ field, part: around ?? field.part, isSentName }));
}

/** In its part. If the text has no parts, where the document has it. */
function locatedField(
  { field, part, isSentName }: PlacedField,
  { operation, isFlat }: { readonly operation: Operation; readonly isFlat: boolean },
) {
  const { name: documentedName, location: documented } = fieldMeant(operation, field.name) ?? {
    name: field.name,
    location: 'topLevel',
  };
  const isHeader = documented === 'httpHeader';
  const name = isSentName && !isHeader ? field.name : documentedName;
  const otherwise = isFlat || isHeader ? documented : 'topLevel';
  return {
    location: part ?? otherwise,
    name,
    value: field.value,
    member: `${JSON.stringify(name)}:${literalOf(field)}`,
  };
}

/** A bare value is a number or a literal only where JSON writes it. */
function literalOf({ value, quote, style }: TextField): string {
  const isJson = quote === '' && style === '":';
  return isJson && parseJson(value) !== undefined ? value : JSON.stringify(value);
}

/** What programs call a map; a name of their own is that of a class. */
const MAPS =
  /^(?:array|map|dict|hash|object|parameters|string|interface|any|params|body|req|request)$/i;
/** Not the word of a log in capitals. */
const CLASS = /^[A-Z]\w*[a-z]/;
const NAME_BEFORE = /([A-Za-z_][\w$]*)(?:\(\d+\)|#\d+)? ?$/;
const NAME_LENGTH_MAX = 60;

/** In a map, names are those that are sent. Those of a class, and those that nothing holds together, may be annotated or written from memory. */
function hasSentNames(text: string, holder: Holder): boolean {
  if (holder.bracket === '' || holder.fields.every(({ name }) => /^[A-Z]/.test(name))) return false;
  const before = text.slice(Math.max(0, holder.start - NAME_LENGTH_MAX), holder.start);
  const type = NAME_BEFORE.exec(before)?.[1];
  return type === undefined || MAPS.test(type) || !CLASS.test(type);
}
