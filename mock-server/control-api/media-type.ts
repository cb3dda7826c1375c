/** Whether a caller asks for text instead of JSON. */
import type { ControlRequest } from './control-exchange.js';

const CHOICES = ['text/plain', 'application/json', '*/*'];

/** By the first of the media types that its Accept names: clients that take anything get JSON. */
export function prefersText({ headers: { accept = '' } }: Pick<ControlRequest, 'headers'>): boolean {
  const types = accept.split(',').map((range) => range.split(';')[0]?.trim().toLowerCase() ?? '');
  return types.find((type) => CHOICES.includes(type)) === 'text/plain';
}
