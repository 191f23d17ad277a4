import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { STATUS_CODES } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { renderOperations, renderParameterValidators } from '@firstofficer/mock/generate';
import { type Description, loadDescription } from '@firstofficer/openapi';
import type { Plugin } from 'esbuild';
import { buildForms } from './try-it-forms.ts';

/** The modules that Try it imports, by their names in `src/browser/try-it`. */
const MODULES: Readonly<Record<string, (description: Description) => string>> = {
  'try-it:forms': (description) => `export const forms = ${JSON.stringify(buildForms(description))};`,
  'try-it:operations': renderOperations,
  'try-it:validators': ({ operations }) => renderParameterValidators(operations),
  'try-it:status-words': () => `export const statusWords = ${JSON.stringify(STATUS_CODES)};`,
};

/**
 * Creates the plugins of esbuild with the modules that Try it imports: the operations of the description and their
 * validators, as the mock uses them, and the form of each operation.
 *
 * @param spec - The parsed description.
 * @example
 * await build({ plugins: createTryItPlugins(spec) });
 */
export function createTryItPlugins(spec: object): Plugin[] {
  let loading: Promise<Description> | undefined;
  const plugin: Plugin = {
    name: 'try-it',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^try-it:/ }, ({ path }) => ({ path, namespace: 'try-it', sideEffects: false }));
      onLoad({ filter: /./, namespace: 'try-it' }, async ({ path }) => {
        loading ??= resolveDescription(spec);
        const render = MODULES[path];
        if (!render)
          return { errors: [{ text: `Unknown module. The modules are ${Object.keys(MODULES).join(', ')}.` }] };
        const resolveDir = fileURLToPath(new URL('.', import.meta.url));
        return { contents: render(await loading), loader: 'ts', resolveDir };
      });
    },
  };
  return [plugin];
}

/** Resolves the references of a parsed description. */
export async function resolveDescription(spec: object): Promise<Description> {
  // References are resolved only in files.
  const folder = await mkdtemp(join(tmpdir(), 'firstofficer-docs-'));
  try {
    const file = join(folder, 'openapi.json');
    await writeFile(file, JSON.stringify(spec));
    return await loadDescription(file);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
