/** The least that answers HTTP: what starting Node itself costs. */
import { createServer } from 'node:http';

createServer((_req, res) => res.end('ok')).listen(Number(process.argv[2]), '127.0.0.1');
