import { resolve } from 'node:path';
import { installOnDemand } from './index.ts';

// Installs the workspace in the folder that the argument names, for scripts of package.json.
const [, , folder = ''] = process.argv;
try {
  await installOnDemand(resolve(folder));
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
