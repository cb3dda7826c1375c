/** Wrong carriers, about tokens and signs. */
import { wrongCarriers } from './suite.js';

wrongCarriers(['tokens', 'signs']);
