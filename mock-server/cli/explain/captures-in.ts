/** Reads all requests of a capture file, for the contract kit. */
import type { Bilingual } from '../../../src/text/bilingual.js';
import { UsageError } from '../../../src/text/usage-error.js';
import type { Capture } from './capture/capture.js';
import { readCaptures } from './capture/read-capture.js';
import { readTextFile, requestError, toText } from './files.js';

const STANDARD_INPUT = '-';

/** Oldest first, if the file has an order. Returns the reason if the file contains no request. `-` is standard input. */
export async function capturesIn(
  file: string,
  readStandardInput: () => Promise<Buffer>,
): Promise<readonly Capture[] | Bilingual> {
  try {
    const read = readCaptures(file === STANDARD_INPUT ? toText(await readStandardInput()) : readTextFile({ file }));
    if ('en' in read) return requestError(file === STANDARD_INPUT ? undefined : file, read).words;
    return read.among?.as === 'newest' ? read.captures.toReversed() : read.captures;
  } catch (error) {
    if (error instanceof UsageError) return error.words;
    throw error;
  }
}
