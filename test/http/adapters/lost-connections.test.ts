/** The connections that end before a request, and what their clients did. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { type AddressInfo, connect, Socket } from 'node:net';
import { connect as connectTls, TLSSocket } from 'node:tls';
import { expect, onTestFinished, test } from 'vitest';
import { countLost, type LostConnections } from '../../../mock-server/server/lost-connections.js';
import { eventually } from '../../support/poll.js';
import { issueIn, tlsFolder } from '../../support/tls.js';

type Ports = Readonly<Record<'http' | 'https', number>>;
type Client = (ports: Ports) => void;

async function scene(act: Client): Promise<LostConnections> {
  const { key, cert } = await issueIn(await tlsFolder());
  const servers = {
    http: createServer((_, res) => void res.end()),
    https: createHttpsServer({ key, cert }, (_, res) => void res.end()),
  };
  const lost = countLost(Object.values(servers));
  for (const server of Object.values(servers)) {
    onTestFinished(() => void server.close());
    await once(server.listen(0, '127.0.0.1'), 'listening');
  }
  const portOf = (name: keyof typeof servers) => (servers[name].address() as AddressInfo).port;
  act({ http: portOf('http'), https: portOf('https') });
  return lost;
}

/** A client that sends these bytes and reads until the end. */
const sends =
  (port: keyof Ports, hex: string): Client =>
  (ports) => {
    const socket = connect(ports[port], '127.0.0.1').on('error', () => undefined);
    onTestFinished(() => void socket.destroy());
    socket.end(Buffer.from(hex, 'hex')).resume();
  };

/** Node closes the connection without an alert. */
const distrusts =
  (port: keyof Ports): Client =>
  (ports) => {
    connectTls({ port: ports[port], host: '127.0.0.1' }).on('error', () => undefined);
  };

const NONE: LostConnections = { untrusted: 0, unfinished: 0, tlsAtHttp: 0 };

test.each([
  { description: 'a close in the handshake', act: distrusts('https'), expected: { unfinished: 1 } },
  { description: 'TLS at the HTTP port', act: distrusts('http'), expected: { tlsAtHttp: 1 } },
])('$description is counted', async ({ act, expected }) => {
  const lost = await scene(act);
  await eventually(
    'the connection',
    () => lost.untrusted + lost.unfinished + lost.tlsAtHttp || undefined,
  );
  expect(lost).toEqual({ ...NONE, ...expected });
});

test.each([
  {
    description: 'HTTP at the HTTPS port',
    act: sends('https', '474554202f20485454502f312e310d0a'),
  },
  { description: 'no HTTP', act: sends('http', '7878780d0a0d0a') },
])('$description is not', async ({ act }) => {
  const lost = await scene(act);
  const other = await scene(distrusts('http'));
  await eventually('a later connection', () => other.tlsAtHttp || undefined);
  expect(lost).toEqual(NONE);
});

// As OpenSSL, Go and Java reject a certificate; Node's TLS cannot send these alerts.
test.each([
  { code: 'ERR_SSL_TLSV1_ALERT_UNKNOWN_CA', untrusted: 1 },
  { code: 'ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE', untrusted: 1 },
  { code: 'ERR_SSL_SSLV3_ALERT_CERTIFICATE_UNKNOWN', untrusted: 1 },
  { code: 'ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE', untrusted: 0 },
  { code: 'ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION', untrusted: 0 },
])('$code is $untrusted client without trust', ({ code, untrusted }) => {
  const server = createHttpsServer();
  const lost = countLost([server]);
  server.emit(
    'tlsClientError',
    Object.assign(new Error('alert'), { code }),
    new TLSSocket(new Socket()),
  );
  expect(lost).toEqual({ ...NONE, untrusted });
});
