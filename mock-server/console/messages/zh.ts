/** The Chinese texts. The build evaluates this module. */
import { textsIn } from './texts.js';

export const TEXTS = textsIn('zh');
