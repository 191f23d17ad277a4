import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { publishPackages } from '../src/publish.ts';
import { redact } from '../src/redact.ts';
import type { PackedPackage } from '../src/tarball.ts';
import { createTemporaryFolder, packFixture } from '../test/packed-fixture.ts';
import { startRegistry, TOKENS } from './registry.ts';

/** Packs two packages. The first one depends on the second one. */
function packTwo(): Promise<PackedPackage[]> {
  return Promise.all([
    packFixture({ members: { dependencies: { '@firstofficer/common': '0.1.0' } } }),
    packFixture({ members: { name: '@firstofficer/common', version: '0.1.0', dependencies: {} } }),
  ]);
}

async function publish(packages: readonly PackedPackage[], env: NodeJS.ProcessEnv) {
  const lines: string[] = [];
  await publishPackages(packages, {
    // Provenance statements are signed by a public service.
    provenance: false,
    root: await createTemporaryFolder(),
    env,
    report: ({ manifest }, result) => lines.push(`${manifest.name} ${manifest.version} ${result}`),
  });
  return lines;
}

test('each tarball is published as it was checked, dependencies first, with a token for this job only', async () => {
  const { env, publications } = await startRegistry();
  const packages = await packTwo();

  const lines = await publish(packages, env);

  expect(lines).toEqual(['@firstofficer/common 0.1.0 published', '@firstofficer/example 1.2.3 published']);
  const [example = '', common = ''] = await Promise.all(
    packages.map(async ({ tarball }) => {
      const hash = createHash('sha512').update(await readFile(tarball));
      return `sha512-${hash.digest('base64')}`;
    }),
  );
  const access = { access: 'public', authorization: `Bearer ${TOKENS.registry}` };
  expect(publications).toEqual([
    { name: '@firstofficer/common', version: '0.1.0', integrity: common, ...access },
    { name: '@firstofficer/example', version: '1.2.3', integrity: example, ...access },
  ]);
});

test('versions that the registry has are left out, so that a release that stopped can continue', async () => {
  const { env, publications } = await startRegistry({
    existing: ['@firstofficer/common@0.1.0', '@firstofficer/example@1.2.2'],
  });

  const lines = await publish(await packTwo(), env);

  expect(lines).toEqual(['@firstofficer/common 0.1.0 exists', '@firstofficer/example 1.2.3 published']);
  expect(publications.map(({ name }) => name)).toEqual(['@firstofficer/example']);
});

test('a package that the registry rejects stops the release, and the error contains no token', async () => {
  const { env, publications } = await startRegistry({ rejected: '@firstofficer/common' });

  const error = await publish(await packTwo(), env).catch(({ message }: Error) => redact(message, env));

  expect(error).toContain('@firstofficer/common 0.1.0 is not published. Fix the cause and run the job again');
  expect(error).toContain('403');
  expect(publications).toEqual([]);
  for (const token of Object.values(TOKENS)) expect(error).not.toContain(token);
});
