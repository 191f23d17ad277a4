export { BUDGETS } from './budget.ts';
export { DIST, type Docs, type DocsOptions, serveDocs } from './serve.ts';
