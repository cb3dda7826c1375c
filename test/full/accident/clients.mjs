/** Node's clients with their usual settings. Argument: an https address. Prints a line for each: its name and the body, or the error. */
import { get } from 'node:https';
import { text } from 'node:stream/consumers';

const CLIENTS = {
  fetch: async (url) => (await fetch(url)).text(),
  'node:https': (url) =>
    new Promise((resolve, reject) => {
      get(url, (response) => resolve(text(response))).on('error', reject);
    }),
};

for (const [name, client] of Object.entries(CLIENTS)) {
  const found = await client(process.argv[2]).catch((error) => String(error.cause ?? error));
  console.log(`${name}\t${found.replace(/\s+/g, ' ')}`);
}
