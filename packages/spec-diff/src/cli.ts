import { join } from 'node:path';
import { createCommand, EXIT, resolvePath, UsageError } from '@firstofficer/common/command';
import { checkVersion } from './gate/gate.ts';
import { formatGate } from './gate/report.ts';

const ROOT = join(import.meta.dirname, '../../..');

const { base, revision } = createCommand('pnpm spec:diff')
  .description(
    'Compares the description with the last released one, and checks that its version says how much has changed.',
  )
  .option('--base <file>', 'the released description (default: spec/released.yaml)', resolvePath)
  .option('--revision <file>', 'the description to compare with it (default: spec/openapi.yaml)', resolvePath)
  .addHelpText(
    'after',
    '\nExit codes: 0 passed, 1 info.version or the changesets are too low, 2 wrong usage, or the descriptions cannot be compared.',
  )
  .parse()
  .opts<{ base?: string; revision?: string }>();

try {
  const result = await checkVersion({
    base: base ?? join(ROOT, 'spec/released.yaml'),
    revision: revision ?? join(ROOT, 'spec/openapi.yaml'),
    // Changesets are about the description of this repository only.
    ...(base === undefined && revision === undefined && { changesets: ROOT }),
  });
  console.log(formatGate(result));
  if (result.problems.length > 0) process.exitCode = EXIT.failed;
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  console.error(`error: ${error.message}`);
  process.exitCode = EXIT.usage;
}
