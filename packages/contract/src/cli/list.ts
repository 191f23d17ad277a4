import type { Check } from '../checks/check.ts';
import { CHECKS } from '../checks/index.ts';
import { RULES } from '../rules/index.ts';

/** All checks with their severity and rationale, for people. */
export function listChecks(): string {
  return [
    ...section(
      'What any API has to keep, judged by every response:',
      CHECKS.filter(({ testCases }) => !testCases),
    ),
    '',
    ...section(
      'What any API has to keep, tried by requests of its own:',
      CHECKS.filter(({ testCases }) => testCases),
    ),
    '',
    ...section('What this API says in words that no schema can express:', RULES),
    '',
  ].join('\n');
}

function section(title: string, checks: readonly Check[]): string[] {
  return [title, '', ...checks.flatMap(lines)];
}

function lines({ name, severity, rationale, source }: Check): string[] {
  const from = source === undefined ? [] : [`      Source: ${source}.`];
  return [`  ${name} (${severity})`, `      ${rationale}`, ...from];
}
