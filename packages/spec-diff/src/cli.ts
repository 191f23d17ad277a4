import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createCommand, EXIT, resolvePath, UsageError } from '@firstofficer/common/command';
import { checkVersion } from './gate/gate.ts';
import { findImpact } from './impact/impact.ts';
import { listProblems } from './impact/outline.ts';
import { formatSummary } from './impact/summary.ts';
import { formatReport } from './impact/terminal.ts';

const ROOT = join(import.meta.dirname, '../../..');

const { base, revision, summary, clients } = createCommand('pnpm spec:diff')
  .description(
    'Compares the description with the last released one: what changes for users, and whether its version is high enough.',
  )
  .option('--base <file>', 'the released description (default: spec/released.yaml)', resolvePath)
  .option('--revision <file>', 'the description to compare with it (default: spec/openapi.yaml)', resolvePath)
  .option('--clients', 'also run the previous and the new client against the mock of the other release (10 seconds)')
  .option('--summary <file>', 'also write the result as Markdown, for the summary of a pull request', resolvePath)
  .addHelpText(
    'after',
    '\nExit codes: 0 passed, 1 info.version or the changesets are too low, or tests of a client fail although info.version is not a new major version, 2 wrong usage, or the descriptions cannot be compared.',
  )
  .parse()
  .opts<{ base?: string; revision?: string; summary?: string; clients?: boolean }>();

try {
  const descriptions = {
    base: base ?? join(ROOT, 'spec/released.yaml'),
    revision: revision ?? join(ROOT, 'spec/openapi.yaml'),
  };
  // Changesets are about the description of this repository only.
  const changesets = base === undefined && revision === undefined && { changesets: ROOT };
  const gate = await checkVersion({ ...descriptions, ...changesets });
  const impact = await findImpact(descriptions, gate, { shouldRunClients: clients === true });
  console.log(formatReport({ gate, impact }));
  if (summary !== undefined) {
    await writeFile(summary, formatSummary({ gate, impact })).catch(({ code }: NodeJS.ErrnoException) => {
      throw new UsageError(`cannot write ${summary} (${code}). Check the path of --summary.`);
    });
  }
  if (listProblems({ gate, impact }).length > 0) process.exitCode = EXIT.failed;
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  console.error(`error: ${error.message}`);
  process.exitCode = EXIT.usage;
}
