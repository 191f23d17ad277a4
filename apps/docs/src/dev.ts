import { resolve } from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import { SOURCES, type Sources } from './site/content.ts';

// Serves the docs and renders them again whenever the spec, a guide, a sample or the theme is saved.

const USUAL_PORT = 8080;

// pnpm runs this in its package's folder, whereas paths are meant from where it was called.
const path = (value: string) => resolve(process.env.INIT_CWD ?? '.', value);
const { port, ...given } = new Command('pnpm --filter @firstofficer/docs dev')
  .description('Serves the docs as they are being written: a save reloads the pages that are open.')
  .option('--port <number>', `port; 0 takes a free one (default: ${USUAL_PORT}, or a free one)`, parsePort)
  .option('--spec <file>', 'the OpenAPI description; its linter reads the redocly.yaml beside it', path)
  .option('--guides <folder>', 'the guides', path)
  .option('--samples <folder>', 'the samples', path)
  .option('--theme <folder>', 'style sheet, icon and logo', path)
  .addHelpText('after', '\nExit codes: 1 could not start, 2 wrong usage.')
  .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2))
  .parse()
  .opts<Partial<Sources> & { readonly port?: number }>();
const sources = { ...SOURCES, ...given };

// Redoc and the linter are loaded only when there is something to serve: help and usage errors come at once.
const [{ createPreview }, { servePreview }, { watchSources }] = await Promise.all([
  import('./dev/preview.ts'),
  import('./dev/serve-preview.ts'),
  import('./dev/watch-sources.ts'),
]);

let reload = () => {};
const preview = createPreview(sources, () => reload());
try {
  const served = await servePreview(preview, port ?? USUAL_PORT).catch((error: NodeJS.ErrnoException) => {
    // A port that was asked for is not negotiable.
    if (error.code !== 'EADDRINUSE' || port !== undefined) throw error;
    console.log(`Port ${USUAL_PORT} is taken, so a free one is used.`);
    return servePreview(preview, 0);
  });
  reload = served.reload;
  watchSources(sources, () => void preview.refresh());
  await preview.refresh();
  console.log(`The docs are on ${served.url} and follow your edits of spec, guides, samples and theme. Ctrl-C stops.`);
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
  return code === 'EADDRINUSE' ? `port ${port} is taken. Give another one, or 0 for a free one.` : message;
}
