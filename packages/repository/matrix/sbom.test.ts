import { readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { createTemporaryFolder } from '@firstofficer/common/testing';
import { Ajv, type ValidateFunction } from 'ajv';
import { afterAll, expect, test } from 'vitest';
import { listPublishedPackages } from '../src/published.ts';
import { writeSboms } from '../src/sbom.ts';
import { ROOT } from '../src/workspaces.ts';

interface Component {
  readonly group?: string;
  readonly name: string;
  readonly version: string;
  readonly purl: string;
}
interface Sbom {
  readonly metadata: { readonly component: Component };
  readonly components: readonly Component[];
}

const require = createRequire(import.meta.url);
const getName = ({ group, name }: Component) => (group ? `${group}/${name}` : name);

const folder = await createTemporaryFolder({ onTestFinished: afterAll });
await writeSboms(folder);
const sboms = new Map<string, Sbom>();
for (const file of await readdir(folder)) {
  const sbom: Sbom = JSON.parse(await readFile(join(folder, file), 'utf8'));
  sboms.set(getName(sbom.metadata.component), sbom);
}
const validate = await compileSchema('bom-1.7');

/** Compiles the JSON schema of CycloneDX, and those that it refers to. */
async function compileSchema(name: string): Promise<ValidateFunction> {
  const schemas = join(dirname(require.resolve('@cyclonedx/cyclonedx-library/package.json')), 'res/schema');
  const read = async (part: string) =>
    JSON.parse(await readFile(join(schemas, `${part}.SNAPSHOT.schema.json`), 'utf8'));
  const ajv = new Ajv({ strict: false, validateFormats: false });
  for (const part of ['spdx', 'jsf-0.82', 'cryptography-defs']) {
    ajv.addSchema(await read(part), `http://cyclonedx.org/schema/${part}.SNAPSHOT.schema.json`);
  }
  return ajv.compile(await read(name));
}

test('each published package has a file', async () => {
  const packages = await listPublishedPackages(ROOT);
  expect([...sboms.keys()].sort()).toEqual(packages.map(({ name }) => name));
});

test('each file conforms to the JSON schema of CycloneDX', () => {
  for (const [name, sbom] of sboms) {
    validate(sbom);
    expect(validate.errors, name).toBeNull();
  }
});

test('the schema finds an invalid file', () => {
  const [sbom] = sboms.values();
  expect(validate({ ...sbom, components: [{ type: 'library' }] })).toBe(false);
});

test('a file lists production dependencies with their package URLs, and no tools', () => {
  const components = sboms.get('@firstofficer/mock')?.components ?? [];
  expect(components.map(getName)).toEqual(
    expect.arrayContaining(['@firstofficer/spec', '@stoplight/prism-http', 'yaml']),
  );
  expect(components.every(({ purl, version }) => purl.startsWith('pkg:npm/') && purl.includes(`@${version}`))).toBe(
    true,
  );
  for (const [name, { components: all }] of sboms) {
    const tools = all.map(getName).filter((tool) => ['vitest', 'typescript', 'tsdown', 'msw', 'undici'].includes(tool));
    expect(tools, name).toEqual([]);
  }
});
