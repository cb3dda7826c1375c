/** /_mock/readings: where the document is silent or contradicts itself, and what an app may choose there. */
import { Router } from 'express';
import { READINGS } from '../engine/readings.js';
import { READING_WORDS } from '../explain/reading-words.js';

export function readingsRoutes(): Router {
  const routes = Router();

  routes.get('/readings', (_req, res) => {
    res.json({ readings: READINGS.map(readingView) });
  });

  return routes;
}

function readingView(row: (typeof READINGS)[number]) {
  const { id, options, basis } = row;
  const { section, sentence, meanings, why } = READING_WORDS[id];
  const pattern = 'pattern' in row ? row.pattern : null;
  return { id, section, sentence, default: options[0], basis, options: meanings, pattern, why };
}
