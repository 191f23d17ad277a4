import { runPnpm } from '@firstofficer/on-demand';

/** A known vulnerability of an installed package. */
export interface Vulnerability {
  /** The package with its versions, such as `yaml 1.10.2, 2.9.1`. */
  readonly name: string;
  readonly severity: string;
  readonly title: string;
  readonly url: string;
  /** The versions without it, such as `>=2.9.2`, if there are any. */
  readonly patched?: string;
  /** How the workspace depends on the package: the names from one of its packages to this one. */
  readonly path: string;
}

/** The registry does not answer which vulnerabilities are known, so nothing was checked. */
export class AuditUnavailableError extends Error {
  override readonly name = 'AuditUnavailableError';
}

/** The members of the output of `pnpm audit --json` that are read here. */
interface Report {
  readonly advisories?: Readonly<
    Record<
      string,
      {
        readonly module_name: string;
        readonly severity: string;
        readonly title: string;
        readonly url: string;
        readonly patched_versions?: string;
        readonly findings: readonly { readonly version: string; readonly paths: readonly string[] }[];
      }
    >
  >;
}

/**
 * Asks the registry for known vulnerabilities of the packages in the lockfile of a workspace.
 *
 * @param registry - The URL of the registry. Default: the one of the user's settings.
 * @throws AuditUnavailableError if the registry does not answer.
 */
export async function auditWorkspace(folder: string, registry?: string): Promise<Vulnerability[]> {
  const { advisories = {} } = JSON.parse(
    await runAudit(folder, registry === undefined ? [] : [`--registry=${registry}`]),
  ) as Report;
  return Object.values(advisories).map(({ module_name, severity, title, url, patched_versions, findings }) => ({
    name: `${module_name} ${findings.map(({ version }) => version).join(', ')}`,
    severity,
    title,
    url,
    ...(patched_versions === undefined ? {} : { patched: patched_versions }),
    path: findings[0]?.paths[0] ?? module_name,
  }));
}

/** Returns the JSON that `pnpm audit` prints. It exits with 1 if there are vulnerabilities. */
async function runAudit(folder: string, options: readonly string[]): Promise<string> {
  try {
    return await runPnpm(
      ['audit', '--json', '--config.fetch-retries=1', '--config.fetch-retry-mintimeout=1000', ...options],
      folder,
    );
  } catch (error) {
    const { cause, message } = error as Error & { cause?: { stdout?: string } };
    if (cause?.stdout?.trimStart().startsWith('{')) return cause.stdout;
    if (!message.includes('ERR_PNPM_AUDIT')) throw error;
    throw new AuditUnavailableError(
      `The registry ${describeFailure(message)} when asked for known vulnerabilities, so nothing was checked. Mirrors often lack this endpoint: use --registry with the URL of the public registry, or run the workflow "Audit".`,
      { cause: error },
    );
  }
}

function describeFailure(message: string): string {
  if (message.includes('ENDPOINT_NOT_EXISTS')) return 'answered with status 404';
  const [, status] = /responded with (\d{3})/.exec(message) ?? [];
  return status === undefined ? 'cannot be reached' : `answered with status ${status}`;
}
