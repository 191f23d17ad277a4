import type { TestContext } from 'vitest';
import { findRuntime, type Runtime } from './toolchains.ts';

/**
 * Returns the executable of a runtime. A test is skipped, with the reason, where the registry has none for the
 * platform; with `REQUIRE_RUNTIMES=1` it fails there instead.
 */
export function needsRuntime(context: Pick<TestContext, 'skip'>, runtime: Runtime): string {
  return skipWithout(context, runtime, findRuntime(runtime));
}

/** Returns the executable that was found, or skips the test. */
export function skipWithout(context: Pick<TestContext, 'skip'>, runtime: Runtime, path: string | undefined): string {
  if (path !== undefined) return path;
  const machine = `${process.platform} ${process.arch}`;
  const reason = `the registry has no ${runtime} for this machine (${machine}), or it could not be installed. To try again, delete packages/consumers/toolchains/node_modules.`;
  if (process.env.REQUIRE_RUNTIMES) throw new Error(reason);
  return context.skip(reason);
}
