export { compressFolder } from './compress.ts';
export { renderRobots, renderSitemap } from './crawlers.ts';
export { parseDescription } from './description.ts';
export { renderLlms, renderLlmsFull } from './llms.ts';
export { FILES, type MarkdownPage, markdownPath, type Site } from './page.ts';
export { buildPostmanCollection } from './postman-collection.ts';
export { checkHeaders, renderHeaders } from './static-host.ts';
