import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { STATUS_CODES } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { renderOperations, renderParameterValidators } from '@firstofficer/mock/generate';
import { type Description, loadDescription } from '@firstofficer/openapi';
import type { Plugin } from 'esbuild';
import { buildForms } from './try-it-forms.ts';

/**
 * Creates the plugin of esbuild with the modules that Try it imports: the operations of the description and their
 * validators, as the mock uses them, and the form of each operation.
 *
 * @example
 * await build({ plugins: [createTryItPlugin(await loadDescription('openapi.yaml'))] });
 */
export function createTryItPlugin(description: Description): Plugin {
  // The texts are made once, for the pages and for the file for offline reading.
  const modules: Readonly<Record<string, string>> = {
    'try-it:forms': `export const forms = ${JSON.stringify(buildForms(description))};`,
    'try-it:operations': renderOperations(description),
    'try-it:validators': renderParameterValidators(description.operations),
    'try-it:status-words': `export const statusWords = ${JSON.stringify(STATUS_CODES)};`,
  };
  const resolveDir = fileURLToPath(new URL('.', import.meta.url));
  return {
    name: 'try-it',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^try-it:/ }, ({ path }) => ({ path, namespace: 'try-it', sideEffects: false }));
      onLoad({ filter: /./, namespace: 'try-it' }, ({ path }) => {
        const contents = modules[path];
        return contents === undefined
          ? { errors: [{ text: `Unknown module. The modules are ${Object.keys(modules).join(', ')}.` }] }
          : { contents, loader: 'ts', resolveDir };
      });
    },
  };
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
