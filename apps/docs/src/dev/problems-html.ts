import { escapeHtml } from '../page/html.ts';
import type { Problem } from './lint.ts';

/**
 * Returns the page that replaces all pages of the preview while the spec or a guide has errors.
 *
 * @example
 * renderProblems([{ message: 'Property `tittle` is not expected here.', place: 'openapi.yaml:3:3' }]);
 */
export function renderProblems(problems: readonly Problem[]): string {
  const items = problems.map(
    ({ message, place }) => `<li>${place && `<code>${escapeHtml(place)}</code>`}<pre>${escapeHtml(message)}</pre></li>`,
  );
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>The docs cannot be built</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<style>
body { max-width: 760px; margin: 48px auto; padding: 0 24px; font: 16px/1.5 system-ui, sans-serif; }
pre { white-space: pre-wrap; padding: 12px 16px; border-left: 3px solid #c2410c; background: color-mix(in srgb, currentColor 6%, transparent); }
</style>
</head>
<body>
<main>
<h1>The docs cannot be built</h1>
<p>Fix these problems and save. This page then reloads automatically.</p>
<ul>
${items.join('\n')}
</ul>
</main>
</body>
</html>
`;
}
