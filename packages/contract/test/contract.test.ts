import { contractTests } from '../src/vitest.ts';

// Tests the mock, or the server that FIRSTOFFICER_URL names.
const { FIRSTOFFICER_URL: url, FIRSTOFFICER_TOKEN: token } = process.env;

await contractTests({
  seed: 1,
  ...(url !== undefined && { target: { url, ...(token !== undefined && { token }) } }),
});
