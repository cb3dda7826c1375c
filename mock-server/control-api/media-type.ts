/** Whether a caller prefers text over JSON. */
import type { ControlRequest } from './control-exchange.js';

const CHOICES = ['text/plain', 'application/json', '*/*'];

/** The first known media type of Accept decides. A client that accepts any type gets JSON. */
export function prefersText({ headers: { accept = '' } }: Pick<ControlRequest, 'headers'>): boolean {
  const types = accept.split(',').map((range) => range.split(';')[0]?.trim().toLowerCase() ?? '');
  return types.find((type) => CHOICES.includes(type)) === 'text/plain';
}
