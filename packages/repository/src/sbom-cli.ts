import { createCommand, EXIT, resolvePath } from '@firstofficer/common/command';
import { writeSboms } from './sbom.ts';

const { out } = createCommand('pnpm sbom:write')
  .description('Writes a software bill of materials (CycloneDX) for each published package.')
  .option('--out <folder>', 'folder for the files', resolvePath, resolvePath('dist/sbom'))
  .addHelpText('after', '\nExit codes: 0 written, 1 pnpm failed, 2 wrong usage.')
  .parse()
  .opts<{ out: string }>();

try {
  await writeSboms(out);
  console.log(`Wrote the files to ${out}`);
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = EXIT.failed;
}
