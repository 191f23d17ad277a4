import type { TestContext } from 'vitest';
import { findRuntime, type Runtime } from './toolchains.ts';

/**
 * Returns the executable of a runtime. A test is skipped, with the reason, where the registry has none for the
 * platform; with `REQUIRE_RUNTIMES=1` it fails there instead.
 */
export function needsRuntime(context: TestContext, runtime: Runtime): string {
  const path = findRuntime(runtime);
  if (path !== undefined) return path;
  const reason = `${runtime} is not available for ${process.platform} ${process.arch}`;
  if (process.env.REQUIRE_RUNTIMES) throw new Error(reason);
  return context.skip(reason);
}
