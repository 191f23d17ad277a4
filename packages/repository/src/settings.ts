import { isScalar, isSeq, parseDocument } from 'yaml';

const THREE_DAYS = 3 * 24 * 60;

/**
 * Returns what is wrong with the settings of a `pnpm-workspace.yaml` that protect installations from malicious packages.
 */
export function findUnsafeSettings(text: string): string[] {
  const document = parseDocument(text);
  const settings: Readonly<Record<string, unknown>> = document.toJS() ?? {};
  const age = settings.minimumReleaseAge;
  const problems = [
    [typeof age !== 'number' || age < THREE_DAYS, `minimumReleaseAge must be at least ${THREE_DAYS} minutes.`],
    [settings.strictDepBuilds !== true, 'strictDepBuilds must be true: an unlisted install script is an error.'],
    [settings.blockExoticSubdeps !== true, 'blockExoticSubdeps must be true: packages come from the registry only.'],
    [settings.savePrefix !== '', 'savePrefix must be "": pnpm add writes exact versions.'],
    [settings.dangerouslyAllowAllBuilds === true, 'dangerouslyAllowAllBuilds lets every package run install scripts.'],
    [settings.trustLockfile === true, 'trustLockfile skips the check of the age of packages in the lockfile.'],
  ] as const;
  const exceptions = document.get('minimumReleaseAgeExclude');
  const unexplained = isSeq(exceptions)
    ? exceptions.items.filter(
        (item) => isScalar(item) && !item.comment && !item.commentBefore && !exceptions.commentBefore,
      )
    : [];
  return [
    ...problems.filter(([isWrong]) => isWrong).map(([, message]) => message),
    ...unexplained.map((item) => `minimumReleaseAgeExclude: give the reason for ${item} in a comment.`),
  ];
}
