#!/usr/bin/env node
import { startCommand } from '@firstofficer/common/start-command';

await startCommand(new URL('../package.json', import.meta.url), async () => {
  const { enableCompileCache } = await import('node:module');
  // Loading Prism takes most of the time of a start. With the cache, Node compiles its modules once, not at each start.
  enableCompileCache();
  await import('../dist/cli.js');
});
