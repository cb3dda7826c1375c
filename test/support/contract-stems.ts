/** The names of the contract's files and folders: the operations in kebab-case. */
import { OPERATIONS } from '../../contracts/kit/operations.js';

export const STEMS: Readonly<Record<string, string>> = Object.fromEntries(
  OPERATIONS.map((operation) => [operation, operation.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)]),
);
