import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { editBundle } from '../../src/reference/redoc-edits.ts';

const bundle = await readFile(new URL(import.meta.resolve('redoc/bundles/redoc.standalone.js')), 'utf8');

test('the edited bundle loads nothing from other hosts and writes nothing to the console', () => {
  const edited = editBundle(bundle);

  expect(edited).not.toMatch(/cdn\.redoc\.ly\/redoc\/logo|otel\.cloud/);
  expect(edited).not.toContain('typeof document<`u`&&console.info(');
});

test('a changed bundle is an error that names the missing text', () => {
  expect(() => editBundle(bundle.replaceAll('logo-mini.svg', 'logo.svg'))).toThrow(/has changed.*logo-mini\.svg/s);
});

test('the pages are rendered by the same version of Redoc that the CLI uses', async () => {
  const cli = dirname(createRequire(import.meta.url).resolve('@redocly/cli/package.json'));
  const own = await readFile(join(cli, 'lib/chunks/redoc.standalone.js'), 'utf8');

  // Do not use toBe: a diff of two megabytes would fill the screen.
  expect(own === bundle).toBe(true);
});
