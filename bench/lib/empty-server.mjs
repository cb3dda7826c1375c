/** A minimal HTTP server, to measure the start of Node itself. */
import { createServer } from 'node:http';

createServer((_req, res) => res.end('ok')).listen(Number(process.argv[2]), '127.0.0.1');
