/** After each test of a tier whose files share workers: real timers. The configuration restores mocks, environment and globals. */
import { afterEach, vi } from 'vitest';

afterEach(() => {
  vi.useRealTimers();
});
