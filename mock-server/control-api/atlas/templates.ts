/** The templates of the programs, with what is known of their languages: read from the package when they are first needed. */
import { readFile } from 'node:fs/promises';
import { lazily } from '../../loading/lazily.js';
import { LANGUAGES } from './languages.js';

/** From the source, and from the file that the build makes of it. */
const FOLDER = new URL('programs/', import.meta.url);

/** Rejects with a NotLoadedError. */
export const loadTemplates = lazily({ en: 'the programs', zh: '示例程序' }, () =>
  Promise.all(LANGUAGES.map(async (row) => ({ ...row, template: await readFile(new URL(row.file, FOLDER), 'utf8') }))),
);
