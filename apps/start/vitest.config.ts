import { defineConfig } from 'vitest/config';

export default defineConfig({
  // Several tests start processes; the limit is there to end one that hangs.
  test: { testTimeout: 60_000 },
  ssr: { resolve: { conditions: ['@firstofficer/source'] } },
});
