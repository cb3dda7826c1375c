/** The theme: light, dark, or the system's (default). */
import { effect } from '@preact/signals';
import { storedChoice } from './stored-choice.js';

export const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

export const theme = storedChoice<Theme>({ name: 'theme', options: THEMES, otherwise: 'system' });

effect(() => {
  document.documentElement.dataset['theme'] = theme.value;
});
