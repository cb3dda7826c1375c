/** The kill matrix of the consumer suite: wrong clients of loginTokenValidate. */
import { wrongClients } from './caught.js';

wrongClients('loginTokenValidate');
