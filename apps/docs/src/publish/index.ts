export { compressFolder } from './compress.ts';
export { robotsTxt, sitemapXml } from './crawlers.ts';
export { publishedDescription } from './description.ts';
export { llmsFullTxt, llmsTxt } from './llms.ts';
export { FILES, markdownPath, type Page, type Site } from './page.ts';
export { postmanCollection } from './postman-collection.ts';
export { checkedHeaders, headersFile } from './static-host.ts';
