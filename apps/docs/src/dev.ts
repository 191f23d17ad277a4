import { execSync } from 'node:child_process';
import { watch } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { serveDocs } from './serve.ts';

// Builds the docs, serves them, and builds them again whenever the spec is saved.

const SPEC = fileURLToPath(import.meta.resolve('@firstofficer/spec/openapi.yaml'));

/** Says whether it worked; if not, Redocly has said what is wrong. */
function build(): boolean {
  try {
    execSync('pnpm run build', { stdio: 'inherit' });
    return true;
  } catch {
    return false;
  }
}

if (!build()) {
  console.error('\nThe docs cannot be built. Correct spec/openapi.yaml, then run this again.');
  process.exit(1);
}
const { url } = await serveDocs({ port: 8080 }).catch((error: NodeJS.ErrnoException) => {
  if (error.code !== 'EADDRINUSE') throw error;
  console.log('\nPort 8080 is taken, so a free one is used.');
  return serveDocs();
});
console.log(`\nThe docs are on ${url}. Save spec/openapi.yaml to rebuild them, then reload. Ctrl-C stops.`);

let pending: NodeJS.Timeout | undefined;
// The folder, not the file: editors that save by renaming would end the watch on a file.
watch(dirname(SPEC), (_, file) => {
  if (file !== 'openapi.yaml') return;
  clearTimeout(pending);
  // If the build fails, the docs stay as they were until the next save.
  pending = setTimeout(build, 100);
});
