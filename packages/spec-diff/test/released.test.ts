import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readSource } from '../src/gate/source.ts';
import { parseVersion } from '../src/gate/version.ts';

const SPEC = join(import.meta.dirname, '../../../spec');

test('the released description has the version of its package, because only a release changes both', async () => {
  const { version } = JSON.parse(await readFile(join(SPEC, 'package.json'), 'utf8')) as { version: string };
  expect(parseVersion(await readSource(join(SPEC, 'released.yaml')))).toBe(version);
});
