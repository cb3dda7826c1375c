/** The templates of the programs. They are read from the package on first use. */
import { readFile } from 'node:fs/promises';
import { lazily } from '../../loading/lazily.js';
import { LANGUAGES } from './languages.js';

/** Relative to the source and to the built file. */
const FOLDER = new URL('programs/', import.meta.url);

/** Rejects with a NotLoadedError. */
export const loadTemplates = lazily({ en: 'the programs', zh: '示例程序' }, () =>
  Promise.all(LANGUAGES.map(async (row) => ({ ...row, template: await readFile(new URL(row.file, FOLDER), 'utf8') }))),
);
