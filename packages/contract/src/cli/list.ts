import type { Check } from '../checks/check.ts';
import { CHECKS } from '../checks/index.ts';
import { RULES } from '../rules/index.ts';

/** Formats all checks with their severity and rationale. */
export function listChecks(): string {
  return [
    ...section(
      'Checks for any API that look at every response:',
      CHECKS.filter(({ testCases }) => !testCases),
    ),
    '',
    ...section(
      'Checks for any API that send their own requests:',
      CHECKS.filter(({ testCases }) => testCases),
    ),
    '',
    ...section('Rules of this API that its schemas cannot express:', RULES),
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
