export { renderAuthentication } from './authentication.ts';
export { listOperations } from './find-operation.ts';
export { renderIntroduction } from './introduction.ts';
export type { OpenApiDocument } from './openapi.ts';
export { renderOperation } from './operation.ts';
export { renderReferencePages } from './reference-pages.ts';
export { renderSchema } from './schema-page.ts';
export { renderTag } from './tag.ts';
