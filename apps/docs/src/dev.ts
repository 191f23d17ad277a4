import { execSync } from 'node:child_process';
import { watch } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { serveDocs } from './serve.ts';

// Builds the docs, serves them, and builds them again whenever the spec is saved.

const SPEC = fileURLToPath(import.meta.resolve('@firstofficer/spec/openapi.yaml'));

function build(): void {
  try {
    execSync('pnpm run build', { stdio: 'inherit' });
  } catch {
    // Redocly has said what is wrong; the docs stay as they were until the next save.
  }
}

build();
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
  pending = setTimeout(build, 100);
});
