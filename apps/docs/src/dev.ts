import { watch } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createPreview } from './dev/preview.ts';
import { servePreview } from './dev/serve-preview.ts';

// Serves the docs and renders them again whenever the spec, a guide or a sample is saved.

const spec = process.env.DOCS_SPEC ?? fileURLToPath(import.meta.resolve('@firstofficer/spec/openapi.yaml'));
const folders = [
  dirname(spec),
  ...['guides', 'samples', 'src/theme'].map((name) => fileURLToPath(new URL(`../${name}`, import.meta.url))),
];
const port = Number(process.env.PORT ?? 8080);

let reload = () => {};
const preview = createPreview(spec, () => reload());
await preview.refresh();
const served = await servePreview(preview, port).catch((error: NodeJS.ErrnoException) => {
  if (error.code !== 'EADDRINUSE') throw error;
  console.log(`Port ${port} is taken, so a free one is used.`);
  return servePreview(preview, 0);
});
reload = served.reload;
console.log(
  `The docs are on ${served.url} and follow your edits of the spec, the guides and the samples. Ctrl-C stops.`,
);

let pending: NodeJS.Timeout | undefined;
for (const folder of folders) {
  // The folder, not the file: editors that save by renaming would end the watch on a file.
  watch(folder, { recursive: true }, () => {
    clearTimeout(pending);
    // A save is several events: what comes within a blink is one.
    pending = setTimeout(() => void preview.refresh(), 50);
  });
}
