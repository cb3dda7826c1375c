/** Wrong carriers, about request and answer. */
import { wrongCarriers } from './suite.js';

wrongCarriers(['request', 'answer']);
