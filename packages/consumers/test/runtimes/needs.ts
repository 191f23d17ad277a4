import type { TestContext } from 'vitest';

/** What a test needs and not every platform has: the test is skipped where it is missing, and fails where it must not be. */
export function needs<T>(context: TestContext, what: string, found: T | undefined): T {
  if (found !== undefined) return found;
  const reason = `${what} is not installed on ${process.platform} ${process.arch}`;
  if (process.env.CI && process.platform === 'linux' && process.arch === 'x64') throw new Error(reason);
  return context.skip(reason);
}
