import { Markup } from '@firstofficer/common/markup';

/**
 * Returns a diagram for a page, from the text of an SVG file. The file also works as an image on its own, and has a
 * `<style>` for this. The policy of the pages rejects it, so the style sheet of the site has the colors instead.
 *
 * @example
 * renderDiagram('<svg viewBox="0 0 8 8"><style>…</style><title>…</title></svg>');
 */
export function renderDiagram(svg: string): Markup {
  const text = svg.replace(/<\?xml[^>]*>|<!--[\s\S]*?-->|<style>[\s\S]*?<\/style>/g, '').trim();
  return new Markup(`<figure class="diagram">${text.replace(/>\s+</g, '><')}</figure>`);
}
