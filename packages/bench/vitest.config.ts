import { defineConfig } from 'vitest/config';

export default defineConfig({
  // Long enough for a busy machine. The timeout only ends tests that hang.
  test: { testTimeout: 60_000 },
});
