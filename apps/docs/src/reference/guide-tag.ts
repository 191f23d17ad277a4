import type { Guide } from '../guides/index.ts';
import { headingsAsHtml, type ResolveLink, withLinks } from './guide-markdown.ts';

/**
 * A guide as the tag by which Redoc shows it: a page of its own that documents no operation.
 *
 * @example
 * guideTag(guide, (target) => target).name; // 'get-started'
 */
export function guideTag(
  { slug, title, markdown }: Guide,
  resolve: ResolveLink,
): { name: string; description: string } {
  // The tag's name is the title.
  const text = markdown.replace(/^# .*\n+/, '');
  return {
    name: slug,
    ...{ 'x-displayName': title, 'x-traitTag': true },
    description: headingsAsHtml(withLinks(text, resolve)),
  };
}
