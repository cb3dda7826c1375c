/** The answers as the carrier writes them: fields in the order of the document's samples, compact. The document, 1.3 and 2.4. */
import type { RenderInputs } from './operations/operation.js';
import { moduleOf } from './operations/operations.js';
import type { CarrierRequest } from './request.js';

/** The body of an answer, as text. */
export function render(request: CarrierRequest, inputs: RenderInputs): string {
  return JSON.stringify(moduleOf(request.operation).render(request, inputs));
}
