/**
 * Prism, by another maker: mocks from the OpenAPI document, or stands before a carrier and reports what is not as
 * described. It has a package.json of its own, since it is a third as many packages again as the project has.
 */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { FILE } from './document.js';

const FOLDER = fileURLToPath(new URL('prism/', import.meta.url));
const load = createRequire(`${FOLDER}package.json`);

/** As much of Prism's as is used: @stoplight/prism-http-server 5.12. */
interface PrismServer {
  listen(port: number, host: string): Promise<string>;
  close(): Promise<void>;
}

export function prismIsInstalled(): boolean {
  const found = existsSync(`${FOLDER}node_modules/@stoplight/prism-http-server/package.json`);
  const command = 'npm ci --prefix test/full/openapi/prism';
  if (!found && process.env['CI'] === 'true') throw new Error(`Prism is not installed, and CI needs it: ${command}`);
  if (!found) console.warn(`skipped: the tests that need Prism, which is not installed: ${command}`);
  return found;
}

// Read once for all servers: Prism takes no schema's $id twice, and then silently lets everything pass.
let operations: Promise<unknown> | undefined;

/** A server on loopback, closed with the test: a mock of the document, or a proxy where there is an upstream. */
export async function startPrism(upstream?: string): Promise<string> {
  operations ??= load('@stoplight/prism-http').getHttpOperationsFromSpec(FILE);
  const proxy = upstream === undefined ? { isProxy: false } : { isProxy: true, upstream: new URL(upstream) };
  const server: PrismServer = load('@stoplight/prism-http-server').createServer(await operations, {
    cors: false,
    config: {
      ...proxy,
      validateRequest: true,
      validateResponse: true,
      checkSecurity: true,
      // A violation is reported in a header, and the exchange goes on.
      errors: false,
      mock: { dynamic: false },
    },
    components: { logger: load('@stoplight/prism-core').createLogger('test', { enabled: false }) },
  });
  const url = await server.listen(0, '127.0.0.1');
  onTestFinished(() => server.close());
  return url;
}

interface Violation {
  readonly location: readonly string[];
  readonly code?: string | number;
  readonly message: string;
}

/** `request.body.sign pattern`: what the proxy has to say of an exchange; none where it was as described. */
export function violationsIn(headers: Headers): readonly string[] {
  const violations: readonly Violation[] = JSON.parse(headers.get('sl-violations') ?? '[]');
  return violations.map(({ location, code, message }) => `${location.join('.')} ${code ?? message.split(':')[0]}`);
}
