import { STATUS_CODES } from 'node:http';
import { fileURLToPath } from 'node:url';
import { renderOperations, renderParameterValidators } from '@firstofficer/mock/generate';
import type { Description } from '@firstofficer/openapi';
import type { Plugin } from 'esbuild';
import { buildForms } from './try-it-forms.ts';

/**
 * Creates the plugin of esbuild with the modules that Try it imports: the operations of the description and their
 * validators, as the mock uses them, and the form of each operation.
 *
 * @example
 * await build({ plugins: [createTryItModules(await loadDescription('openapi.yaml'))] });
 */
export function createTryItModules(description: Pick<Description, 'document' | 'operations'>): Plugin {
  const texts: Readonly<Record<string, () => string>> = {
    'try-it:forms': () => `export const forms = ${JSON.stringify(buildForms(description))};`,
    'try-it:operations': () => renderOperations(description),
    'try-it:validators': () => renderParameterValidators(description.operations),
    'try-it:status-words': () => `export const statusWords = ${JSON.stringify(STATUS_CODES)};`,
  };
  return {
    name: 'try-it',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^try-it:/ }, ({ path }) => ({ path, namespace: 'try-it', sideEffects: false }));
      onLoad({ filter: /./, namespace: 'try-it' }, ({ path }) => ({
        contents: texts[path]?.() ?? '',
        loader: 'ts',
        resolveDir: fileURLToPath(new URL('.', import.meta.url)),
      }));
    },
  };
}
