import type { Check } from '../checks/check.ts';
import { CHECKS } from '../checks/index.ts';
import { RULES } from '../rules/index.ts';

/** Formats all checks with their severity and rationale. */
export function listChecks(): string {
  return [
    ...formatSection(
      'Checks for any API that look at every response:',
      CHECKS.filter(({ testCases }) => !testCases),
    ),
    '',
    ...formatSection(
      'Checks for any API that send their own requests:',
      CHECKS.filter(({ testCases }) => testCases),
    ),
    '',
    ...formatSection('Rules of this API that its schemas cannot express:', RULES),
    '',
  ].join('\n');
}

function formatSection(title: string, checks: readonly Check[]): string[] {
  return [title, '', ...checks.flatMap(formatCheck)];
}

function formatCheck({ name, severity, rationale, source }: Check): string[] {
  const from = source === undefined ? [] : [`      Source: ${source}.`];
  return [`  ${name} (${severity})`, `      ${rationale}`, ...from];
}
