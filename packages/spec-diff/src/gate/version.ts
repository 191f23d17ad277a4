import { UsageError } from '@firstofficer/common/command';
import { asObject } from '@firstofficer/openapi';
import semver from 'semver';
import { formatLocation, type Source } from './source.ts';
import type { Step } from './step.ts';

/**
 * The versions of two descriptions.
 *
 * @example
 * const versions: Versions = { base: '2.2.1', revision: '2.3.0' };
 */
export interface Versions {
  readonly base: string;
  readonly revision: string;
}

/**
 * Reads `info.version` of a description.
 *
 * @throws UsageError if it is not a semantic version.
 */
export function parseVersion(source: Source): string {
  const { version } = asObject(source.document.info);
  const parsed = typeof version === 'string' ? semver.valid(version) : null;
  // A `v` in front of the version and build metadata are not part of the version of a package.
  if (parsed === null || parsed !== version) {
    const place = formatLocation(source.locate(['info', 'version']));
    throw new UsageError(
      `${place}: info.version is ${JSON.stringify(version) ?? 'missing'}. Write a semantic version in quotes, such as "2.3.0".`,
    );
  }
  return parsed;
}

/**
 * Returns the lowest version that a description with such changes can have. Below 1.0.0, a breaking change needs a minor
 * version. After a pre-release, such as 3.0.0-beta.1, the version that it precedes is enough if its step is.
 *
 * @example
 * computeRequiredVersion('2.2.1', 'minor'); // '2.3.0'
 */
export function computeRequiredVersion(base: string, step: Step): string {
  if (step === 'none') return base;
  const release = step === 'major' && semver.major(base) === 0 ? 'minor' : step;
  return semver.inc(base, release) ?? base;
}

/**
 * Returns what is wrong with the version of the revision, or undefined if it is high enough. A pre-release of the
 * required version is high enough.
 *
 * @example
 * explainVersion({ base: '2.2.1', revision: '2.2.2' }, 'minor'); // 'info.version is 2.2.2, but …'
 */
export function explainVersion({ base, revision }: Versions, step: Step): string | undefined {
  if (semver.lt(revision, base)) {
    return `info.version is ${revision}, lower than the released ${base}. Set it to ${computeRequiredVersion(base, step)}.`;
  }
  const required = computeRequiredVersion(base, step);
  const core = removePrerelease(revision);
  if (semver.lt(core, required) || (step !== 'none' && semver.eq(revision, base))) {
    return `info.version is ${revision}, too low for these changes. Set it to ${required}.`;
  }
  const next = (['patch', 'minor', 'major'] as const).map((release) => semver.inc(base, release));
  if (semver.eq(revision, base) || semver.prerelease(base) || next.includes(core)) return undefined;
  return `info.version is ${revision}, but after ${base} comes ${next.join(', ')}. Set it to ${required}, or to a higher one of these.`;
}

/**
 * Returns the step from one version to another: how changesets must raise the packages.
 *
 * @example
 * readStep({ base: '2.2.1', revision: '2.3.0' }); // 'minor'
 */
export function readStep({ base, revision }: Versions): Step {
  const core = removePrerelease(revision);
  return (['patch', 'minor', 'major'] as const).find((release) => semver.inc(base, release) === core) ?? 'none';
}

function removePrerelease(version: string): string {
  const { major, minor, patch } = new semver.SemVer(version);
  return `${major}.${minor}.${patch}`;
}
