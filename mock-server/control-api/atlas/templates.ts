/** The templates of the programs. They are read from the package. */
import { readFile } from 'node:fs/promises';
import { LANGUAGES } from './languages.js';

/** Relative to the source and to the built file. */
const FOLDER = new URL('programs/', import.meta.url);

export const loadTemplates = () =>
  Promise.all(LANGUAGES.map(async (row) => ({ ...row, template: await readFile(new URL(row.file, FOLDER), 'utf8') })));
