import { appendFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ROOT } from '../src/commands.ts';
import { openResultCache } from '../src/result-cache.ts';
import { formatRow, formatSummary, type Row } from '../src/summary.ts';
import { listTaskHashes } from '../src/task-hashes.ts';

const PASSED: Row = { name: 'client', passed: 3, failed: 0, skipped: 0, seconds: 1.5 };
const CACHED: Row = { ...PASSED, seconds: 0, isCached: true };

let folder: string;
let file: string;
let hashes: Map<string, string>;
const open = () => openResultCache({ file, listHashes: async () => new Map(hashes) });

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'results-'));
  file = join(folder, 'folder/test.json');
  hashes = new Map([
    ['client', 'a'],
    ['mock', 'b'],
  ]);
});

afterEach(() => rm(folder, { recursive: true }));

test('a package whose tests passed has a result until it changes', async () => {
  expect((await open()).find('client')).toBeUndefined();
  await (await open()).save([PASSED]);

  expect((await open()).find('client')).toEqual(CACHED);
  expect((await open()).find('mock')).toBeUndefined();

  hashes.set('client', 'changed');
  expect((await open()).find('client')).toBeUndefined();
});

test.for<Partial<Row>>([{ failed: 1 }, { skipped: 1 }, { passed: 0 }])(
  'a result with %j is not stored, and replaces the earlier one',
  async (part) => {
    await (await open()).save([PASSED]);
    await (await open()).save([{ ...PASSED, ...part }]);

    expect((await open()).find('client')).toBeUndefined();
  },
);

test('a package that changed while its tests ran has no result, in neither state', async () => {
  const cache = await open();
  hashes.set('client', 'changed');
  await cache.save([PASSED, { ...PASSED, name: 'mock' }]);

  expect((await open()).find('client')).toBeUndefined();
  expect((await open()).find('mock')).toBeDefined();
  hashes.set('client', 'a');
  expect((await open()).find('client')).toBeUndefined();
});

test('a package without a hash, whose task may not be cached, has no result', async () => {
  await (await open()).save([{ ...PASSED, name: 'testing' }]);

  expect((await open()).find('testing')).toBeUndefined();
});

test('an incomplete file counts as no results', async () => {
  await (await open()).save([PASSED]);
  await writeFile(file, '{"client":');

  expect((await open()).find('client')).toBeUndefined();
  await (await open()).save([PASSED]);
  expect((await open()).find('client')).toBeDefined();
  await appendFile(file, 'x');
  expect((await open()).find('client')).toBeUndefined();
});

test('the output names cached results, and the option that runs the tests again', () => {
  expect(formatRow(CACHED)).toBe('  ✓ client         3 passed (cached)');
  const summary = formatSummary({ rows: [CACHED, { ...PASSED, name: 'mock' }], skips: [] });

  expect(summary).toMatch(/^ {2}client +3 +0 +0 +cached$/m);
  expect(summary).toContain('\n6 passed, 0 failed, 0 skipped\n3 of them passed in an earlier run');
  expect(summary).toContain('--force');
  expect(formatSummary({ rows: [PASSED], skips: [] })).not.toContain('--force');
});

test('turbo has a hash for each package, except those whose tests read the whole repository', async () => {
  const taskHashes = await listTaskHashes(ROOT, 'test');

  expect(taskHashes.get('client')).toMatch(/^[0-9a-f]{16}$/);
  expect(new Set(taskHashes.values()).size).toBe(taskHashes.size);
  expect(taskHashes.has('testing')).toBe(false);
});
