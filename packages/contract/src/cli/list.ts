import type { Check } from '../checks/check.ts';
import { CHECKS } from '../checks/index.ts';
import { RULES } from '../rules/index.ts';

/** Formats all checks with their severity and rationale. */
export function listChecks(): string {
  const anyApi = CHECKS.filter(({ basis }) => basis !== 'profile');
  return [
    ...formatSection(
      'Any API: checks that look at every response',
      anyApi.filter(({ testCases }) => !testCases),
    ),
    ...formatSection(
      'Any API: checks that send their own requests',
      anyApi.filter(({ testCases }) => testCases),
    ),
    ...formatSection(
      "Any API: rules of FirstOfficer's APIs, whose violations are only notes with --profile generic",
      CHECKS.filter(({ basis }) => basis === 'profile'),
    ),
    ...formatSection("FirstOfficer's Customers API: rules that its schemas cannot express", RULES),
  ].join('\n');
}

function formatSection(title: string, checks: readonly Check[]): string[] {
  return [`${title}:`, '', ...checks.flatMap(formatCheck), ''];
}

function formatCheck({ name, severity, rationale, source }: Check): string[] {
  const from = source === undefined ? [] : [`      Source: ${source}.`];
  return [`  ${name} (${severity})`, `      ${rationale}`, ...from];
}
