export { authenticationMarkdown } from './authentication.ts';
export { allOperations } from './find-operation.ts';
export { introductionMarkdown } from './introduction.ts';
export type { OpenApiDocument } from './openapi.ts';
export { operationMarkdown } from './operation.ts';
export { referencePages } from './reference-pages.ts';
export { schemaMarkdown } from './schema-page.ts';
export { tagMarkdown } from './tag.ts';
