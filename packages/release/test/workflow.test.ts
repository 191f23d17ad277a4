import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';

interface Job {
  readonly permissions: Readonly<Record<string, string>>;
  readonly environment?: string;
}

const file = join(import.meta.dirname, '../../../.github/workflows/release.yml');
const text = await readFile(file, 'utf8');
const { permissions, jobs }: { permissions: object; jobs: Record<string, Job> } = parse(text);

test('only the job that publishes can get an ID token, and it cannot write to the repository', () => {
  expect(permissions).toEqual({});
  const withToken = Object.entries(jobs).filter(([, job]) => 'id-token' in job.permissions);
  expect(withToken.map(([name]) => name)).toEqual(['publish']);
  expect(jobs.publish).toMatchObject({ environment: 'npm', permissions: { contents: 'read', 'id-token': 'write' } });
});

test('the workflow uses no stored secret', () => {
  expect(text).not.toMatch(/secrets\.|NPM_TOKEN|NODE_AUTH_TOKEN/);
});
