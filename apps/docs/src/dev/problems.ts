import { readFile } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { markup } from '@firstofficer/common/markup';
import { parseDocument } from 'yaml';
import { runRedocly } from './redocly-cli.ts';

/**
 * An error in the spec or in a guide.
 *
 * @example
 * const problem: Problem = { message: 'Property `tittle` is not expected here.', place: 'openapi.yaml:3:3' };
 */
export interface Problem {
  readonly message: string;
  /** The location, such as `openapi.yaml:12:3 #/info`. Empty if the message contains it. */
  readonly place: string;
}

interface Finding {
  readonly severity: string;
  readonly message: string;
  readonly suggest?: readonly string[];
  readonly location?: readonly {
    readonly source?: { readonly ref?: string };
    readonly pointer?: string;
    readonly start?: { readonly line: number; readonly col: number };
  }[];
}

/** The linter's configuration file, in the folder of the spec. */
export const CONFIG = 'redocly.yaml';

/**
 * Returns the errors of a spec: of its YAML syntax, else those that the linter finds.
 *
 * @throws Error if the file cannot be read.
 * @example
 * for (const { place, message } of await checkSpec('spec/openapi.yaml')) console.log(place, message);
 */
export async function checkSpec(spec: string): Promise<Problem[]> {
  const yamlProblems = findYamlProblems(await readFile(spec, 'utf8'), basename(spec));
  return yamlProblems.length > 0 ? yamlProblems : lint(spec);
}

/** Returns the linter's errors for a spec. The linter uses the rules in the folder of the spec, else its default rules. */
async function lint(spec: string): Promise<Problem[]> {
  // The command fails both for lint errors and if it cannot lint. Only the output distinguishes them.
  const { stdout, stderr } = await runRedocly(['lint', basename(spec), '--format', 'json'], dirname(spec)).catch(
    (error: { readonly stdout: string; readonly stderr: string }) => error,
  );
  const findings = parseFindings(stdout);
  if (!findings)
    return [{ message: stderr.replaceAll(`${dirname(spec)}/`, '').trim(), place: `${CONFIG} or the linter` }];
  return findings.filter(({ severity }) => severity === 'error').map(toProblem);
}

function parseFindings(output: string): readonly Finding[] | undefined {
  try {
    return (JSON.parse(output) as { problems: readonly Finding[] }).problems;
  } catch {
    return undefined;
  }
}

function toProblem({ message, suggest = [], location = [] }: Finding): Problem {
  const [first] = location;
  const file = basename(first?.source?.ref ?? '');
  const line = first?.start === undefined ? '' : `:${first.start.line}:${first.start.col}`;
  const hint = suggest.length > 0 ? ` Did you mean ${suggest.join(' or ')}?` : '';
  return { message: message + hint, place: `${file}${line} ${first?.pointer ?? ''}`.trim() };
}

/** Returns the YAML syntax errors of a text. The linter reports them with less detail, and not as JSON. */
function findYamlProblems(text: string, file: string): Problem[] {
  return parseDocument(text).errors.map(({ message, linePos }) => ({
    message,
    place: linePos ? `${file}:${linePos[0].line}:${linePos[0].col}` : file,
  }));
}

/** Returns the page that replaces all pages of the preview while the spec or a guide has errors. */
export function renderProblems(problems: readonly Problem[]): string {
  const items = problems.map(({ message, place }) => [
    markup`<li>${place === '' ? undefined : markup`<code>${place}</code>`}`,
    markup`<pre>${message}</pre></li>\n`,
  ]);
  return markup`<!doctype html>
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
${items}</ul>
</main>
</body>
</html>
`.text;
}
