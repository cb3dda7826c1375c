/** Starts a Redis for a benchmark, on the load's core, so that the server does not share its core. */
import { connect } from 'node:net';
import { LOAD_CORE, withServer } from './processes.mjs';

const REDIS = {
  core: LOAD_CORE,
  command: (port) => ['redis-server', '--port', port, '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'],
};

/** Runs a Redis without persistence until `use` ends. */
export function withRedis(use) {
  return withServer(REDIS, isListening, ({ port, pid }) => use({ address: `redis://127.0.0.1:${port}`, pid }));
}

function isListening(url) {
  return new Promise((resolve) => {
    const socket = connect(Number(new URL(url).port), '127.0.0.1', () => resolve(true));
    socket.on('error', () => resolve(false)).end();
  });
}
