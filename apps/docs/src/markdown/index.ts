export { authenticationMarkdown } from './authentication.ts';
export type { OperationKey } from './find-operation.ts';
export { introductionMarkdown } from './introduction.ts';
export type { JsonObject, OpenApiDocument } from './openapi.ts';
export { operationMarkdown } from './operation.ts';
export { type ReferencePage, referencePages } from './reference-pages.ts';
export { schemaMarkdown } from './schema-page.ts';
export { tagMarkdown } from './tag.ts';
