/** The parts of the responses' JSON Schemas. */
import { closed, type Schema } from '../../schemas/schemas.js';

export type Fields = Readonly<Record<string, Schema>>;

export const TEXT: Schema = { type: 'string' };
export const TEXT_OR_NULL: Schema = { type: ['string', 'null'] };
export const FLAG: Schema = { type: 'boolean' };
export const NUMBER: Schema = { type: 'integer', minimum: 0 };
export const INSTANT: Schema = { type: 'integer', description: 'Epoch milliseconds.' };
export const NEXT_STEPS = ['getNewToken', 'fallBackToSms', 'fixConfiguration', 'contactCarrier', 'retryLater'];

/** An object whose fields are all required. */
export function whole(properties: Fields, description?: string): Schema {
  return { ...closed(properties, Object.keys(properties)), ...(description !== undefined && { description }) };
}

export function list(items: Schema): Schema {
  return { type: 'array', items };
}

export function ref(name: string): Schema {
  return { $ref: `#/components/schemas/${name}` };
}

export function described(schema: Schema, description: string): Schema {
  return { ...schema, description };
}

export function orNull(schema: Schema): Schema {
  return { anyOf: [schema, { type: 'null' }] };
}
