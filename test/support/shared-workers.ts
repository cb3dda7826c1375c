/** Restores real timers after each test. The configuration restores mocks, environment variables and globals. */
import { afterEach, vi } from 'vitest';

afterEach(() => {
  vi.useRealTimers();
});
