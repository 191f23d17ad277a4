export { type Docs, type DocsOptions, serveDocs } from './serve.ts';
