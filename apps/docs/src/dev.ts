import { resolve } from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import { SOURCES, type Sources } from './content/read-content.ts';

// Serves a preview of the docs. Renders them again when the spec, a guide, a sample or the theme is saved.

const DEFAULT_PORT = 8080;

// pnpm runs this script in the package's folder, but paths are relative to the folder where pnpm was called.
const path = (value: string) => resolve(process.env.INIT_CWD ?? '.', value);
const { port, ...given } = new Command('pnpm --filter @firstofficer/docs dev')
  .description('Serves a preview of the docs and reloads open pages when you save a file.')
  .option(
    '--port <number>',
    `port; 0 selects a free one (default: ${DEFAULT_PORT}, or a free one if it is in use)`,
    parsePort,
  )
  .option('--spec <file>', 'OpenAPI description; the linter uses redocly.yaml from the same folder', path)
  .option('--guides <folder>', 'folder with the guides', path)
  .option('--samples <folder>', 'folder with the code samples', path)
  .option('--theme <folder>', 'folder with the style sheet, the icon and the logo', path)
  .addHelpText('after', '\nExit codes: 1 the server could not start, 2 an option is invalid.')
  .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2))
  .parse()
  .opts<Partial<Sources> & { readonly port?: number }>();
const sources = { ...SOURCES, ...given };

// Load Redoc and the linter only now, so that help and usage errors appear at once.
const [{ createPreview }, { servePreview }, { watchSources }] = await Promise.all([
  import('./dev/preview.ts'),
  import('./dev/serve-preview.ts'),
  import('./dev/watch-sources.ts'),
]);

let reload = () => {};
const preview = createPreview(sources, () => reload());
try {
  const served = await servePreview(preview, port ?? DEFAULT_PORT).catch((error: NodeJS.ErrnoException) => {
    // Do not replace a port that the user has chosen.
    if (error.code !== 'EADDRINUSE' || port !== undefined) throw error;
    console.log(`Port ${DEFAULT_PORT} is in use. Using a free port instead.`);
    return servePreview(preview, 0);
  });
  reload = served.reload;
  watchSources(sources, () => void preview.refresh());
  await preview.refresh();
  console.log(`The docs are on ${served.url} and reload when you save a source file. Press Ctrl-C to stop.`);
} catch (error) {
  console.error(`pnpm dev: ${explain(error as NodeJS.ErrnoException)}`);
  process.exit(1);
}

function parsePort(value: string): number {
  const number = Number(value);
  if (!/^\d+$/.test(value) || number > 65_535) throw new InvalidArgumentError('It must be a number from 0 to 65535.');
  return number;
}

function explain({ code, message }: NodeJS.ErrnoException): string {
  return code === 'EADDRINUSE' ? `port ${port} is in use. Choose another port, or 0 for a free one.` : message;
}
