import { relative } from 'node:path';
import { createCommand, EXIT, resolvePath } from '@firstofficer/common/command';
import { listPublishedPackages } from '../published.ts';
import { ROOT } from '../workspaces.ts';
import { findForbiddenLicenses } from './check.ts';
import { listLicenses } from './list.ts';
import { ALL, type LicensePolicy, PRODUCTION } from './policy.ts';

const { dir } = createCommand('pnpm licenses:check')
  .description('Checks that the licences of all installed dependencies are allowed.')
  .option('--dir <folder>', 'check a workspace that is installed on demand, instead of the main one', resolvePath)
  .addHelpText('after', '\nExit codes: 0 all licences are allowed, 1 a licence is not allowed, 2 wrong usage.')
  .parse()
  .opts<{ dir?: string }>();

interface Group {
  readonly title: string;
  readonly folder: string;
  readonly options: readonly string[];
  readonly policy: LicensePolicy;
}

const GROUPS: readonly Group[] =
  dir === undefined
    ? [
        {
          title: 'production dependencies of published packages',
          folder: ROOT,
          options: [...(await listPublishedPackages(ROOT)).map(({ name }) => `--filter=${name}`), '--prod'],
          policy: PRODUCTION,
        },
        { title: 'all dependencies', folder: ROOT, options: ['--recursive'], policy: ALL },
      ]
    : [{ title: `all dependencies of ${relative(ROOT, dir)}`, folder: dir, options: ['--recursive'], policy: ALL }];

/** Prints the packages of a group whose licence is not allowed. Returns whether there are none. */
async function checkGroup({ title, folder, options, policy }: Group): Promise<boolean> {
  const listing = await listLicenses(folder, options);
  const forbidden = findForbiddenLicenses(listing, policy);
  console.log(`${forbidden.length > 0 ? '✗' : '✓'} ${title}: ${Object.values(listing).flat().length} packages`);
  for (const { name, license } of forbidden) console.error(`  ${name}: ${license}`);
  return forbidden.length === 0;
}

const ADVICE = `
These licences are not on the list of packages/repository/src/licenses/policy.ts. Do one of these:
- Use another package. \`npx -y pnpm@12 why --recursive NAME\` lists what depends on it.
- If the licence is unknown: read it in the files of the package. If it is allowed, add the package to the exceptions
  with the reason.
- Allow the licence: add it to the list with the reason.`;

try {
  const results: boolean[] = [];
  for (const group of GROUPS) results.push(await checkGroup(group));
  if (results.includes(false)) {
    console.error(ADVICE);
    process.exitCode = EXIT.failed;
  }
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = EXIT.failed;
}
