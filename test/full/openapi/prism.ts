/**
 * Prism mocks a carrier from the OpenAPI document, or reports violations of the document as a proxy. It has its own
 * package.json because of its many packages: a third of the project's number.
 */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { FILE } from './document.js';

const FOLDER = fileURLToPath(new URL('prism/', import.meta.url));
const load = createRequire(`${FOLDER}package.json`);

/** The part of @stoplight/prism-http-server 5.12 that is used here. */
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

// Loaded once for all servers: if Prism loads a schema's $id twice, it silently validates nothing.
let operations: Promise<unknown> | undefined;

/** A server on loopback, closed at the end of the test: a mock of the document, or a proxy if there is an upstream. */
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
      // Violations are reported in a header and do not end the exchange.
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

/** The violations of an exchange, such as `request.body.sign pattern`. Empty if it matches the document. */
export function violationsIn(headers: Headers): readonly string[] {
  const violations: readonly Violation[] = JSON.parse(headers.get('sl-violations') ?? '[]');
  return violations.map(({ location, code, message }) => `${location.join('.')} ${code ?? message.split(':')[0]}`);
}
