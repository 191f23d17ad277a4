import { contractTests } from '../src/vitest.ts';

// Against the mock, or against another server of the Customers API that the environment names.
const { FIRSTOFFICER_URL: url, FIRSTOFFICER_TOKEN: token } = process.env;

await contractTests({
  settings: { seed: 1 },
  ...(url !== undefined && { target: { url, ...(token !== undefined && { token }) } }),
});
