/** The oldest Python on which a supported Django runs. */
export const OLDEST_PYTHON = [3, 10] as const;

/**
 * The Django series the studio makes projects with, newest first, and the oldest Python of each. From
 * "What Python version can I use with Django?", https://docs.djangoproject.com/en/stable/faq/install/
 */
const SERIES = [
  { django: '6.1', python: [3, 12] },
  { django: '5.2', python: OLDEST_PYTHON },
] as const;

/**
 * What is asked of the package index: the long-term series or newer. The installer takes the newest that
 * the interpreter runs, and a folder of wheels may hold only the older one.
 */
export const DJANGO_REQUIREMENT = 'Django>=5.2,<6.2';

/** The newest supported series that this Python runs, or null where it runs none. */
export function newestDjango(pythonVersion: string): string | null {
  return SERIES.find(({ python }) => isAtLeast(pythonVersion, python))?.django ?? null;
}

/** Whether a version like `3.12.1` is this major and minor version or a later one. */
export function isAtLeast(version: string, [major, minor]: readonly [number, number]): boolean {
  const [foundMajor = 0, foundMinor = 0] = version.split('.').map((part) => Number.parseInt(part, 10));
  return foundMajor > major || (foundMajor === major && foundMinor >= minor);
}
