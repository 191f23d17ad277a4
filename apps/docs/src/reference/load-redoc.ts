import { registerHooks } from 'node:module';
import './production.ts';

/** Redoc's bundle for Node. */
const BUNDLE = '/redoc/bundles/redoc.js';

/** Redoc mounts nested members when a reader scrolls to them. Without scripts, it would never mount them. */
const LAZY = 'children:n}){let[r,i]=useState(e)';
const EAGER = 'children:n}){let[r,i]=useState(!0)';

/**
 * Returns the source of Redoc with an edit: nested members are part of the first render.
 *
 * @throws Error if the text that is edited does not occur exactly once, because Redoc has changed.
 */
export function editRedoc(source: string): string {
  const parts = source.split(LAZY);
  if (parts.length !== 2) {
    throw new Error(
      `Redoc has changed: its bundle contains "${LAZY}" ${parts.length - 1} times instead of once. Find how this version mounts nested members, and adapt load-redoc.ts.`,
    );
  }
  return parts.join(EAGER);
}

/**
 * Imports Redoc for rendering at build time. All code must import it through this function, because a module is edited
 * only when Node loads it for the first time.
 *
 * @throws Error if Redoc has changed, so that it cannot be edited.
 */
export async function loadRedoc(): Promise<typeof import('redoc')> {
  const hooks = registerHooks({
    load(url, context, nextLoad) {
      const result = nextLoad(url, context);
      const { source } = result;
      if (!url.endsWith(BUNDLE) || !source) return result;
      return { ...result, source: editRedoc(typeof source === 'string' ? source : new TextDecoder().decode(source)) };
    },
  });
  try {
    return await import('redoc');
  } finally {
    hooks.deregister();
  }
}
