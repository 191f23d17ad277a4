import { defineConfig } from '@hey-api/openapi-ts';

// Not committed: what is measured is what the generator of the catalog makes of the spec as it is now.
export default defineConfig({
  input: '../../spec/openapi.yaml',
  output: { path: 'dist/hey-api', module: { extension: '.ts' } },
  plugins: ['@hey-api/client-fetch', '@hey-api/typescript', '@hey-api/sdk'],
});
