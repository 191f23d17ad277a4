import { join } from 'node:path';
import { createCommand, EXIT, resolvePath } from '@firstofficer/common/command';
import { appendToStepSummary } from '@firstofficer/testing/table';
import { AuditUnavailableError, auditWorkspace, type Vulnerability } from './audit.ts';
import { listWorkspaces, ROOT } from './workspaces.ts';

const UNAVAILABLE = 3;

const options = createCommand('pnpm audit:check')
  .description('Looks for known vulnerabilities of the dependencies of all workspaces.')
  .option('--dir <folder>', 'check only this workspace', resolvePath)
  .option('--registry <url>', 'the registry to ask, if not the one of your settings')
  .addHelpText(
    'after',
    '\nExit codes: 0 no vulnerability is known, 1 a vulnerability is known, 2 wrong usage, 3 the registry does not answer.',
  )
  .parse()
  .opts<{ dir?: string; registry?: string }>();

function formatVulnerability({ name, severity, title, url, patched, path }: Vulnerability): string {
  const fix = patched === undefined ? 'There is no fixed version.' : `Fixed in ${patched}.`;
  return `${severity}: ${name}: ${title} ${fix} ${url} (${path})`;
}

/** Prints the vulnerabilities of a workspace, and returns the lines that it printed. */
async function auditAndPrint(folder: string): Promise<string[]> {
  const vulnerabilities = await auditWorkspace(folder, options.registry);
  const lines = vulnerabilities.map(formatVulnerability);
  console.log(`${lines.length > 0 ? '✗' : '✓'} ${folder}: ${lines.length} known vulnerabilities`);
  for (const line of lines) console.error(`  ${line}`);
  return lines;
}

const ADVICE = `
Do one of these for each vulnerability:
- Update what depends on the package, or add the fixed version to "overrides" in pnpm-workspace.yaml. If the fixed
  version is younger than three days, add it to minimumReleaseAgeExclude with the reason.
- If it cannot affect this repository: add its ID (GHSA-…) to "audit.ignore" in pnpm-workspace.yaml, with the reason.`;

try {
  const folders = options.dir === undefined ? listWorkspaces().map((folder) => join(ROOT, folder)) : [options.dir];
  const lines: string[] = [];
  for (const folder of folders) lines.push(...(await auditAndPrint(folder)));
  const list = lines.length > 0 ? lines.map((line) => `- ${line}`).join('\n') : 'No vulnerability is known.';
  await appendToStepSummary(['### Vulnerabilities of dependencies', list]);
  if (lines.length > 0) {
    console.error(ADVICE);
    process.exitCode = EXIT.failed;
  }
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = error instanceof AuditUnavailableError ? UNAVAILABLE : EXIT.failed;
}
