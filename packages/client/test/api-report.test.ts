import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createTemporaryFolder } from '@firstofficer/common/testing';
import { expect, test } from 'vitest';
import { generateApiReport, stripComments } from '../scripts/api-report.ts';

const report = await generateApiReport();

test('the report has each declaration of every entry point once, and the types that these refer to', () => {
  const entries = ['', '/types', '/validate', '/retrieve-many', '/undici', 'Types that are not exported'];
  expect([...report.matchAll(/^## (?:@firstofficer\/client)?(.*)$/gm)].map(([, entry]) => entry)).toEqual(entries);
  for (const declaration of [
    'declare function createClient(options: ClientOptions): FirstOfficer;',
    'interface RetrieveManyOptions extends CallOptions {',
    'declare const fetch: UndiciFetch;',
    '            stripe_id: string;',
    'type Identifiers = Iterable<string> | AsyncIterable<string>;',
  ]) {
    expect(report.split(declaration), declaration).toHaveLength(2);
  }
  // The functions of the package itself are no part of its API.
  expect(report).not.toMatch('createCustomers');
});

test('a declaration without an explicit type is reported, unless users cannot see it', async (context) => {
  const folder = await createTemporaryFolder(context);
  const write = (name: string, text: string) => writeFile(join(folder, name), text);
  await mkdir(join(folder, 'src'));
  await write('package.json', '{"name":"pets","exports":{".":{"@firstofficer/source":"./src/index.ts"}}}');
  await write('src/names.ts', 'const read = () => fetch("/");\nexport const listNames = () => [String(read)];\n');
  const packageFile = pathToFileURL(join(folder, 'package.json'));

  await write(
    'src/index.ts',
    "import { listNames } from './names.ts';\nexport const count = (): number => listNames().length;\n",
  );
  expect(await generateApiReport(packageFile)).toMatch(
    '## pets\n\n```ts\nexport declare const count: () => number;\n```',
  );

  await write('src/index.ts', "export { listNames } from './names.ts';\n");
  await expect(generateApiReport(packageFile)).rejects.toThrow(/names\.ts: add an explicit type to listNames/);
});

test('comments are removed, except for deprecations', () => {
  const declarations = `/** A customer. */
export interface Customer {
    /**
     * The ID.
     * @deprecated Use \`stripe_id\` instead.
     * @example
     * 'cus_1'
     */
    id: string;
    /** @deprecated */
    url: '/** not a comment */';
}`;
  expect(stripComments(declarations)).toBe(`export interface Customer {
    /** @deprecated Use \`stripe_id\` instead. */
    id: string;
    /** @deprecated */
    url: '/** not a comment */';
}`);
});
