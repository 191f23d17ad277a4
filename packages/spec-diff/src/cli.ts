import { join, relative } from 'node:path';
import { createCommand, EXIT, resolvePath } from '@firstofficer/common/command';
import { compareDescriptions } from './gate/compare.ts';

const SPEC = join(import.meta.dirname, '../../../spec');

const { base, revision } = createCommand('pnpm spec:diff')
  .description('Compares the description with the last released one, and says what the changes mean for users.')
  .option('--base <file>', 'the released description (default: spec/released.yaml)', resolvePath)
  .option('--revision <file>', 'the description to compare with it (default: spec/openapi.yaml)', resolvePath)
  .addHelpText(
    'after',
    '\nExit codes: 0 passed, 1 the version is too low, 2 wrong usage, or the descriptions cannot be compared.',
  )
  .parse()
  .opts<{ base?: string; revision?: string }>();

const comparison = await compareDescriptions({
  base: base ?? join(SPEC, 'released.yaml'),
  revision: revision ?? join(SPEC, 'openapi.yaml'),
});
console.log(comparison.step);
for (const { step, message, location } of comparison.changes) {
  console.log(`${step}: ${message} ${relative('', location.file)}:${location.line}`);
}
if (comparison.step === 'major') process.exitCode = EXIT.failed;
