import { fileURLToPath } from 'node:url';
import { buildSite } from './site/build-site.ts';

await buildSite({
  spec: fileURLToPath(import.meta.resolve('@firstofficer/spec/openapi.yaml')),
  out: fileURLToPath(new URL('../dist/', import.meta.url)),
  address: process.env.DOCS_URL ?? '/',
});
