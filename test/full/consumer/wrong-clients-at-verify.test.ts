/** The kill matrix of the consumer suite: wrong clients of tokenValidate; and that its rows are whole. */
import { wrongClients } from './caught.js';

wrongClients('tokenValidate');
