import { parseAddress } from '../site/address.ts';
import type { SiteFile } from '../site/assets.ts';
import { readContent, type Sources } from '../site/content.ts';
import { renderSite } from '../site/render-site.ts';
import { loadSiteReference } from '../site/site-reference.ts';
import { checkSpec, type Problem } from './lint.ts';
import { renderProblems } from './problems-html.ts';

/** A preview of the site. */
export interface Preview {
  /** Returns the file at a path. While there are problems, returns the problems page instead of any page. */
  find(path: string): SiteFile | undefined;
  /**
   * Reads and renders everything again. Resolves when the preview contains all changes saved before the call, and
   * returns the problems that prevent rendering.
   */
  refresh(): Promise<readonly Problem[]>;
}

/** Options of {@link createPreview}. */
export interface PreviewOptions {
  /** Is called when the preview has changed. */
  readonly onChange: () => void;
  /** Whether the last pages without problems stay, instead of the problems page. Default: false. */
  readonly keepsLastPages?: boolean;
}

/** The rendered files, or the problems that prevent rendering. */
type Outcome = { readonly files: readonly SiteFile[] } | { readonly problems: readonly Problem[] };

/**
 * Creates a preview of the site in memory.
 *
 * @example
 * const preview = createPreview(SOURCES, { onChange: () => console.log('changed') });
 * await preview.refresh();
 */
export function createPreview(sources: Sources, { onChange, keepsLastPages = false }: PreviewOptions): Preview {
  let files: ReadonlyMap<string, SiteFile> = new Map();
  let problems: readonly Problem[] = [];
  let isStale = false;
  let round: Promise<readonly Problem[]> | undefined;

  // Render sequentially: two renderings at the same time would slow each other down.
  const follow = async () => {
    while (isStale) {
      isStale = false;
      const outcome = await attempt(sources, () => isStale);
      if (isStale) continue;
      if ('files' in outcome) files = new Map(outcome.files.map((file) => [file.path, file]));
      problems = 'problems' in outcome ? outcome.problems : [];
      onChange();
    }
    return problems;
  };
  return {
    find: (path) => {
      const file = files.get(path) ?? files.get(path === '' ? 'index.html' : `${path}/index.html`);
      const isPage = file === undefined || file.path.endsWith('.html');
      const hasProblemsPage = problems.length > 0 && (!keepsLastPages || files.size === 0);
      if (hasProblemsPage && isPage) return { path: 'problems.html', content: renderProblems(problems) };
      return file;
    },
    refresh: () => {
      isStale = true;
      round ??= follow().finally(() => {
        round = undefined;
      });
      return round;
    },
  };
}

async function attempt(sources: Sources, isStale: () => boolean): Promise<Outcome> {
  try {
    const address = parseAddress('/');
    const content = await readContent(sources);
    // The linter is a separate process, so both run in parallel.
    const [found, reference] = await Promise.allSettled([checkSpec(sources.spec), loadSiteReference(content, address)]);
    if (found.status === 'fulfilled' && found.value.length > 0) return { problems: found.value };
    if (reference.status === 'rejected') throw reference.reason;
    return { files: isStale() ? [] : await renderSite(content, address, reference.value) };
  } catch (error) {
    return { problems: [{ message: (error as Error).message, place: '' }] };
  }
}
