import { startMock } from '@firstofficer/mock';

export default async function startForAllTests() {
  globalThis.mock = await startMock();
  process.env.FIRSTOFFICER_URL = globalThis.mock.url;
}
