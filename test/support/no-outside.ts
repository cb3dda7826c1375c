/** Fails a unit test that opens a socket or starts a process. */
import childProcess, { ChildProcess } from 'node:child_process';
import { syncBuiltinESMExports } from 'node:module';
import { Server, Socket } from 'node:net';

function refusing(what: string): () => never {
  return () => {
    throw new Error(
      `${what} is not allowed in a unit test. Move the test to another tier (CONTRIBUTING.md, Tests).`,
    );
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
