/** Reads all requests of a capture file, for the contract kit. */
import { UsageError } from '../usage-error.js';
import type { Capture } from './capture/capture.js';
import { readCaptures } from './capture/read-capture.js';
import { readTextFile, toText } from './files.js';

const STANDARD_INPUT = '-';

/** Oldest first, if the file has an order. Returns a sentence if the file contains no request. `-` is standard input. */
export async function capturesIn(
  file: string,
  readStandardInput: () => Promise<Buffer>,
): Promise<readonly Capture[] | string> {
  try {
    const read = readCaptures(file === STANDARD_INPUT ? toText(await readStandardInput()) : readTextFile({ file }));
    if (typeof read === 'string') return `the request ${file === STANDARD_INPUT ? '(standard input)' : file} ${read}`;
    return read.among?.as === 'newest' ? read.captures.toReversed() : read.captures;
  } catch (error) {
    if (error instanceof UsageError) return error.message;
    throw error;
  }
}
