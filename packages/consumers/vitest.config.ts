import { testConfig } from '@firstofficer/testing';

export default testConfig({
  testTimeout: 120_000,
  hookTimeout: 120_000,
  // Each test runs a compiler or a runtime, which uses a whole core.
  maxConcurrency: 2,
  globalSetup: 'src/consumer.ts',
});
