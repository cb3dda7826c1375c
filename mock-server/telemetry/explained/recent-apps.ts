/** Something for each app that a log had a line about. A suite may create an app for each test: the last ones are kept. */

export const LOGGED_APPS_MAX = 1000;

export interface RecentApps<T> {
  /** Created at the first call. */
  of(appId: string): T;
  all(): readonly T[];
}

/** `forgotten` receives what was kept for the app that was asked for longest ago, if there are too many. */
export function recentApps<T>(create: () => T, forgotten: (kept: T) => void = () => undefined): RecentApps<T> {
  const apps = new Map<string, T>();
  return {
    of: (appId) => {
      const kept = apps.get(appId) ?? create();
      apps.delete(appId);
      apps.set(appId, kept);
      for (const [oldest, last] of apps) {
        if (apps.size <= LOGGED_APPS_MAX) break;
        apps.delete(oldest);
        forgotten(last);
      }
      return kept;
    },
    all: () => [...apps.values()],
  };
}
