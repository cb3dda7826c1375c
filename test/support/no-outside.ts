/** A unit test opens no socket and starts no process: an attempt fails the test that makes it. */
import childProcess, { ChildProcess } from 'node:child_process';
import { syncBuiltinESMExports } from 'node:module';
import { Server, Socket } from 'node:net';

function refusing(what: string): () => never {
  return () => {
    throw new Error(`${what} in a unit test: it belongs to another tier (CONTRIBUTING.md, Tests)`);
  };
}

Server.prototype.listen = refusing('a server that listens');
Socket.prototype.connect = refusing('a connection');
Object.assign(ChildProcess.prototype, { spawn: refusing('a process') });
Object.assign(childProcess, {
  spawnSync: refusing('a process'),
  execSync: refusing('a process'),
  execFileSync: refusing('a process'),
});
syncBuiltinESMExports();
