/** The text of docs/internals/wrong-carriers.md. */
import { caughtBy, expanded } from './caught.js';
import { WRONG_CARRIERS } from './wrong-carriers.js';

export const PAGE = 'docs/internals/wrong-carriers.md';
const SHOWN_MAX = 4;

export function pageText(): string {
  const caught = caughtBy();
  const rows = WRONG_CARRIERS.map(({ id, does }) => {
    const list = caught[id] ?? [];
    const shown = list.slice(0, SHOWN_MAX).map((one) => `\`${one}\``);
    const more = list.length > SHOWN_MAX ? ', …' : '';
    return `| \`${id}\` | ${does} | ${expanded(list).length} | ${shown.join(', ')}${more} |`;
  });
  return `# Wrong carriers

Do the cases of the contract find mistakes? Each carrier below is our carrier with one mistake
([the list](../../test/kit/wrong-carriers)). A test injects the mistake: it replaces a rule, a fact or
a setting, or changes the input or the result of a step. The carrier's source is unchanged.

CI runs all cases against each of these carriers. Exactly the cases in
[caught-by.json](../../test/kit/wrong-carriers/caught-by.json) must fail. The table shows the first
four; \`…/*\` stands for all cases of one file. \`npm test\` runs up to three cases for each carrier.

| Carrier | It … | Cases | Caught by |
| --- | --- | --- | --- |
${rows.join('\n')}
`;
}
