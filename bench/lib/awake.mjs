/** Spins until its parent ends. Run it at idle priority (`chrt -i 0`), so that it uses only the idle time of a core. */

import process from 'node:process';

const ITERATIONS = 10_000_000;
const parent = process.ppid;
while (process.ppid === parent) for (let left = ITERATIONS; left > 0; left -= 1);
