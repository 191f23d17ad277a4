import { STATUS_CODES } from 'node:http';
import { fileURLToPath } from 'node:url';
import { renderOperations, renderParameterValidators } from '@firstofficer/mock/generate';
import type { Description } from '@firstofficer/openapi';
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
 * Creates the plugin of esbuild with the modules that Try it imports: the operations of the description and their
 * validators, as the mock uses them, and the form of each operation.
 *
 * @example
 * await build({ plugins: [createTryItModules(await loadDescription('openapi.yaml'))] });
 */
export function createTryItModules(description: Description): Plugin {
  return {
    name: 'try-it',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^try-it:/ }, ({ path }) => ({ path, namespace: 'try-it', sideEffects: false }));
      onLoad({ filter: /./, namespace: 'try-it' }, ({ path }) => {
        const render = MODULES[path];
        if (!render)
          return { errors: [{ text: `Unknown module. The modules are ${Object.keys(MODULES).join(', ')}.` }] };
        const resolveDir = fileURLToPath(new URL('.', import.meta.url));
        return { contents: render(description), loader: 'ts', resolveDir };
      });
    },
  };
}
