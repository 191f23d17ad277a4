import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadDescription } from '@firstofficer/openapi';
import { parseAddress } from './address.ts';
import { SOURCES } from './content/read-content.ts';
import { addOlderVersions } from './older-versions.ts';
import { DIST } from './serve.ts';

// Adds the older major versions to the site in dist. Builds each of them from its newest tag.

/** The commands that build the docs of an older version in a fresh checkout. */
const COMMANDS = ['npx -y pnpm@12 install --frozen-lockfile', 'npx -y pnpm@12 run build --filter=@firstofficer/docs'];

try {
  const { document } = await loadDescription(SOURCES.spec);
  const { info } = document as { info: { version: string } };
  const releases = await addOlderVersions({
    repository: fileURLToPath(new URL('../../..', import.meta.url)),
    current: Number.parseInt(info.version, 10),
    address: parseAddress(process.env.DOCS_URL || '/'),
    folder: DIST,
    build: async (checkout, env) => {
      for (const command of COMMANDS) await run(command, checkout, env);
      return join(checkout, 'apps/docs/dist');
    },
  });
  console.log(
    releases.map(({ major, tag }) => `v${major}/ is ${tag}`).join('\n') || 'There are no older major versions.',
  );
} catch (error) {
  console.error(`The older versions cannot be built: ${(error as Error).message}`);
  process.exitCode = 1;
}

async function run(command: string, cwd: string, env: Readonly<Record<string, string>>): Promise<void> {
  const child = spawn(command, { cwd, env: { ...process.env, ...env }, shell: true, stdio: 'inherit' });
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`\`${command}\` failed with exit code ${code}.`);
}
