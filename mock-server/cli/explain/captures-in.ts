/** All requests that a file captures, for whoever judges them otherwise than `explain`. */
import { UsageError } from '../usage-error.js';
import type { Capture } from './capture/capture.js';
import { readCaptures } from './capture/read-capture.js';
import { readTextFile, toText } from './files.js';

const STANDARD_INPUT = '-';

/** The oldest first, as far as the file has an order; one sentence where there is none. `-` is standard input. */
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
