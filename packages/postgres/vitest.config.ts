import { defineConfig } from 'vitest/config';

export default defineConfig({
  // Long enough for a busy machine: the limit is there to end a test that hangs.
  test: { testTimeout: 60_000, hookTimeout: 60_000 },
});
