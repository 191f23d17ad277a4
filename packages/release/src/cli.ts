import { join } from 'node:path';
import { createCommand, EXIT, resolvePath, UsageError } from '@firstofficer/common/command';
import { listChangedFiles } from './git.ts';
import { createGitHubReleases } from './github.ts';
import { takeIdToken } from './id-token.ts';
import { findMode, reportMode } from './plan.ts';
import { redact } from './redact.ts';
import { release } from './release.ts';
import { applyVersions, listChangesets } from './versions.ts';

const ROOT = join(import.meta.dirname, '../../..');
// Installations and builds inherit process.env. No script of a package can get an ID token there.
const job = takeIdToken(process.env);
const EXIT_CODES =
  '\nExit codes: 0 all went well, 1 a check failed or the registry rejected a package, 2 wrong usage, or packages must not be published from here.';

/** Runs a command. Prints its errors without secrets and sets the exit code. */
async function run(command: () => Promise<boolean>): Promise<void> {
  try {
    if (!(await command())) process.exitCode = EXIT.failed;
  } catch (error) {
    const { message } = error as Error;
    console.error(`release: ${redact(message, job)}`);
    process.exitCode = error instanceof UsageError ? EXIT.usage : EXIT.failed;
  }
}

const program = createCommand('pnpm release')
  .description(
    'Builds, packs and checks all packages in a copy of the last commit, and publishes them. Publishes only in .github/workflows/release.yml.',
  )
  .option('--dry-run', 'publish nothing: print what would be published, and what users will read')
  .option('--out <folder>', 'keep the tarballs and the bills of materials in this folder', resolvePath)
  .option(
    '--no-provenance',
    'publish without a statement of how the packages were built, for a registry that accepts none',
  )
  .addHelpText('after', EXIT_CODES)
  .action(({ dryRun = false, ...options }: { dryRun?: boolean; out?: string; provenance: boolean }) =>
    run(() => release({ root: ROOT, dryRun, job, ...options })),
  );

program
  .command('version')
  .description(
    'Applies the changesets: writes the versions, the changelogs, info.version, spec/released.yaml and all generated files.',
  )
  .addHelpText('after', EXIT_CODES)
  .action(() =>
    run(async () => {
      const changed = await listChangedFiles(ROOT);
      if (changed.length > 0) {
        throw new UsageError(
          `Files that are not committed: ${changed.length}. Commit them first, so that this step can be undone.`,
        );
      }
      if ((await listChangesets(ROOT)).length === 0) {
        throw new UsageError('there are no changesets. Add one with: npx -y pnpm@12 changeset');
      }
      await applyVersions(ROOT);
      console.log('Wrote the versions and the changelogs. Check them with git diff, and commit them.');
      return true;
    }),
  );

program
  .command('plan')
  .description('Prints what the workflow does for this commit: version, publish or none.')
  .addHelpText('after', EXIT_CODES)
  .action(() =>
    run(async () => {
      await reportMode(await findMode(ROOT, process.env), process.env);
      return true;
    }),
  );

program
  .command('github')
  .description('Creates the releases on GitHub for the versions that were published, with their bills of materials.')
  .requiredOption('--from <folder>', 'the folder that --out wrote', resolvePath)
  .addHelpText('after', EXIT_CODES)
  .action(({ from }: { from: string }) =>
    run(async () => {
      const tags = await createGitHubReleases(from, process.env);
      console.log(tags.length > 0 ? `Created ${tags.join(', ')}` : 'All versions have a release already.');
      return true;
    }),
  );

await program.parseAsync();
