import type { Sources } from '../site/content.ts';
import type { Problem } from './lint.ts';
import { createPreview, type PreviewOptions } from './preview.ts';
import { servePreview } from './serve-preview.ts';

export { SOURCES, type Sources } from '../site/content.ts';
export { checkSpec, type Problem } from './lint.ts';
export { watchSources } from './watch-sources.ts';

/** A preview of the docs on a local server. */
export interface RunningPreview {
  /** The URL of the server, such as `http://127.0.0.1:8080`. */
  readonly url: string;
  /** Renders the docs again, reloads open pages, and returns the problems that prevent rendering. */
  refresh(): Promise<readonly Problem[]>;
  /** Stops the server. */
  close(): Promise<void>;
}

/** Options of {@link startPreview}. */
export interface StartPreviewOptions extends Omit<PreviewOptions, 'onChange'> {
  readonly sources: Sources;
  /** The port to listen on. 0 selects a free port. */
  readonly port: number;
}

/**
 * Starts a server of the docs that renders them in memory. Call `refresh` to render them for the first time.
 *
 * @throws Error with a system error code (`EADDRINUSE`, `EACCES`) if the server cannot listen.
 * @example
 * const { url, refresh } = await startPreview({ sources: SOURCES, port: 8080 });
 * await refresh();
 */
export async function startPreview({ sources, port, ...options }: StartPreviewOptions): Promise<RunningPreview> {
  let reload = () => {};
  const preview = createPreview(sources, { ...options, onChange: () => reload() });
  const served = await servePreview(preview, port);
  reload = served.reload;
  return { url: served.url, refresh: preview.refresh, close: served.close };
}
