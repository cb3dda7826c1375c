/** The meaning of each documented field, in the document's words if they are short. The document, 1.2 and 2.3. */
import { fieldsOf, replyFields } from '../../src/protocol/fields.js';
import { byOperation } from '../../src/protocol/operations.js';
import type { Bilingual } from '../../src/text/bilingual.js';
import words from './field-words.json' with { type: 'json' };

export interface FieldWords {
  readonly name: string;
  /** As in the operation's description. An object that holds fields is at the top level. */
  readonly location: string;
  readonly meaning: Bilingual;
}

export interface OperationWords {
  readonly name: Bilingual;
  /** The section of the document that describes the fields. */
  readonly section: string;
  readonly request: readonly FieldWords[];
  readonly answer: readonly FieldWords[];
}

/** The meanings by the names of the fields, in the order of the document. */
type Meanings = Readonly<Record<string, Bilingual>>;

interface WrittenWords extends Pick<OperationWords, 'name' | 'section'> {
  readonly request: Meanings;
  readonly answer: Meanings;
}

export const OPERATION_WORDS = byOperation((operation): OperationWords => {
  const { name, section, request, answer }: WrittenWords = words[operation];
  return {
    name,
    section,
    request: located(request, fieldsOf(operation)),
    answer: located(answer, replyFields(operation)),
  };
});

function located(
  meanings: Meanings,
  rows: readonly Pick<FieldWords, 'name' | 'location'>[],
): readonly FieldWords[] {
  return Object.entries(meanings).map(([name, meaning]) => ({
    name,
    location: rows.find((row) => row.name === name)?.location ?? 'topLevel',
    meaning,
  }));
}
