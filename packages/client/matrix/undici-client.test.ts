import { globSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe } from 'vitest';
import { fetch as undiciFetch } from '../src/undici.ts';

// These files send no requests, or test undici itself.
const OTHERS = ['api-report', 'leaks', 'notes', 'undici', 'validate'];

// The client looks up the global fetch for each call, so the tests of all other files run with the fetch for undici.
const { fetch } = globalThis;
beforeAll(() => void Object.assign(globalThis, { fetch: undiciFetch }));
afterAll(() => void Object.assign(globalThis, { fetch }));

const TESTS = join(import.meta.dirname, '../test');
const files = globSync('{*,mock/*}.test.ts', { cwd: TESTS }).sort();
// Each file is a suite, so that its hooks do not run for the tests of other files.
describe.each(files.filter((file) => !OTHERS.includes(basename(file, '.test.ts'))))('%s', async (file) => {
  // The query makes it another module, because test files share the modules that are imported already.
  await import(`${join(TESTS, file)}?undici`);
});
