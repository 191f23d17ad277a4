import { addressOf } from '../site/address.ts';
import type { SiteFile } from '../site/assets.ts';
import { readContent } from '../site/content.ts';
import { renderSite } from '../site/render-site.ts';
import { loadSiteReference } from '../site/site-reference.ts';
import { lint, type Problem } from './lint.ts';
import { problemsHtml } from './problems-html.ts';

/** The site as it is being written. */
export interface Preview {
  /** The file at a path of the site; the page of problems instead of a page, while there are any. */
  find(path: string): SiteFile | undefined;
  /** Reads and renders everything anew. */
  refresh(): Promise<void>;
}

/**
 * A preview of the site, in memory.
 *
 * @example
 * const preview = createPreview('spec/openapi.yaml', () => console.log('changed'));
 * await preview.refresh();
 */
export function createPreview(spec: string, onChange: () => void): Preview {
  let files = new Map<string, SiteFile>();
  let problems: readonly Problem[] = [];
  let latest = 0;

  const show = (found: readonly Problem[]) => {
    problems = found;
    onChange();
  };
  return {
    find: (path) => {
      const file = files.get(path) ?? files.get(`${path}/index.html`.replace(/^\/|\/(?=\/)/g, ''));
      const isPage = file === undefined || file.path.endsWith('.html');
      if (problems.length > 0 && isPage) return { path: 'problems.html', content: problemsHtml(problems) };
      return file;
    },
    refresh: async () => {
      latest += 1;
      const round = latest;
      // The linter takes longer than the pages do: they show first, and its problems when it has found some.
      const linting = lint(spec);
      try {
        const address = addressOf('/');
        const content = await readContent(spec);
        const rendered = await renderSite(content, address, await loadSiteReference(content, address));
        if (round !== latest) return;
        files = new Map(rendered.map((file) => [file.path, file]));
        show([]);
        const found = await linting;
        if (round === latest && found.length > 0) show(found);
      } catch (error) {
        const found = await linting;
        if (round === latest) show(found.length > 0 ? found : [{ message: (error as Error).message, place: '' }]);
      }
    },
  };
}
