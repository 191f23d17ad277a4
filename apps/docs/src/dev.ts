import { createCommand, EXIT, explainListenError, parsePort, resolvePath } from '@firstofficer/common/command';
import { SOURCES, type Sources } from './content/read-content.ts';

// Serves a preview of the docs. Renders them again when the spec, a guide, a sample or the theme is saved.

const DEFAULT_PORT = 8080;

const { port, ...given } = createCommand('pnpm --filter @firstofficer/docs dev')
  .description('Serves a preview of the docs and reloads open pages when you save a file.')
  .option(
    '--port <number>',
    `port; 0 selects a free one (default: ${DEFAULT_PORT}, or a free one if it is in use)`,
    parsePort,
  )
  .option('--spec <file>', 'OpenAPI description; the linter uses redocly.yaml from the same folder', resolvePath)
  .option('--guides <folder>', 'folder with the guides', resolvePath)
  .option('--samples <folder>', 'folder with the code samples', resolvePath)
  .option('--theme <folder>', 'folder with the style sheets and the icon', resolvePath)
  .addHelpText('after', '\nExit codes: 1 the server cannot start, 2 wrong usage.')
  .parse()
  .opts<Partial<Sources> & { readonly port?: number }>();
const sources = { ...SOURCES, ...given };

// Load Redoc and the linter only now, so that help and usage errors appear at once.
const { startPreview, watchSources } = await import('./dev/index.ts');

try {
  const preview = await startPreview({ sources, port: port ?? DEFAULT_PORT }).catch((error: NodeJS.ErrnoException) => {
    // Do not replace a port that the user has chosen.
    if (error.code !== 'EADDRINUSE' || port !== undefined) throw error;
    console.log(`Port ${DEFAULT_PORT} is in use. Using a free port instead.`);
    return startPreview({ sources, port: 0 });
  });
  watchSources(sources, () => void preview.refresh());
  await preview.refresh();
  console.log(`The docs are on ${preview.url} and reload when you save a source file. Press Ctrl-C to stop.`);
} catch (error) {
  const requested = { port: port ?? DEFAULT_PORT, host: '127.0.0.1' };
  console.error(`pnpm dev: ${explainListenError(error, requested) ?? (error as Error).message}`);
  process.exit(EXIT.failed);
}
