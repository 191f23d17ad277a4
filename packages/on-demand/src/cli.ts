import { resolve } from 'node:path';
import { installOnDemand } from './index.ts';

// Installs the workspace in a folder, for scripts of package.json: node src/cli.ts packages/bench
const [, , folder = ''] = process.argv;
try {
  await installOnDemand(resolve(folder));
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
