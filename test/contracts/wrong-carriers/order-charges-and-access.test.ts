/** Wrong carriers, about order charges and access. */
import { wrongCarriers } from './suite.js';

wrongCarriers(['order', 'charges', 'access']);
