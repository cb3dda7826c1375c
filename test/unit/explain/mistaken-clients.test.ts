/** Each predicted code comes true: clients with one to three mistakes repair what their explanations name, until they succeed. */
import { expect, test } from 'vitest';
import { clientsOf, walkOf } from '../../support/mistaken-clients.js';

const SEED = 20261201;
/** `CLIENTS=2000` tests more of them. */
const COUNT = Number(process.env['CLIENTS'] ?? 60);
/** Generous: a client takes some fifty milliseconds. */
const MS_PER_CLIENT = 2_000;

test(`${COUNT} clients (seed ${SEED})`, { timeout: COUNT * MS_PER_CLIENT }, async () => {
  const wrong: string[] = [];
  let predicted = 0;
  for (const client of clientsOf({ seed: SEED, count: COUNT })) {
    const { predictions, stuck } = await walkOf(client);
    predicted += predictions.length;
    const of = `${client.mode}${client.hasOther ? ' of two apps' : ''}: ${client.mistakes.map(({ description }) => description).join('; ')}`;
    if (stuck !== undefined) wrong.push(`${of}. Stuck at ${stuck}`);
    for (const one of predictions.filter((each) => each.predicted !== each.answered))
      wrong.push(
        `${of}. ${one.code} by ${one.causes}: predicted ${one.predicted}, answered ${one.answered}`,
      );
  }
  expect(wrong).toEqual([]);
  expect(predicted).toBeGreaterThan(COUNT);
});
