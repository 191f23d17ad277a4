import { globSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { fetch as undiciFetch } from '../src/undici.ts';

// These files send no requests, or test undici itself.
const OTHERS = ['api-report', 'leaks', 'notes', 'undici', 'validate'];

// The client looks up the global fetch for each call, so the tests of all other files run with the fetch for undici.
const { fetch } = globalThis;
beforeAll(() => void Object.assign(globalThis, { fetch: undiciFetch }));
afterAll(() => void Object.assign(globalThis, { fetch }));

const files = globSync('{*,mock/*}.test.ts', { cwd: join(import.meta.dirname, '../test') });
const names = files.map((file) => file.replaceAll('\\', '/').replace(/\.test\.ts$/, ''));
for (const name of names.filter((name) => !OTHERS.includes(name))) {
  // The query makes it another module, because test files share the modules that are imported already.
  await import(`../test/${name}.test.ts?undici`);
}
