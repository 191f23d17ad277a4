import { defineConfig } from '@hey-api/openapi-ts';

// The output is not committed, so that the benchmarks always measure a client that is generated from the current spec.
export default defineConfig({
  input: '../../spec/openapi.yaml',
  output: { path: 'dist/hey-api', module: { extension: '.ts' } },
  plugins: ['@hey-api/client-fetch', '@hey-api/typescript', '@hey-api/sdk'],
});
