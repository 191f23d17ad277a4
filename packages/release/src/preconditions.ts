import { listChangedFiles } from './git.ts';
import { listChangesets } from './versions.ts';

/**
 * Returns a sentence for each reason why this process must not publish. Nothing is published from the machine of a
 * person: a provenance statement says which workflow built a package, so that users can check it.
 */
export async function findPublishObstacles(root: string, env: NodeJS.ProcessEnv): Promise<string[]> {
  const changed = await listChangedFiles(root);
  const changesets = await listChangesets(root);
  return [
    ...(env.GITHUB_ACTIONS === 'true'
      ? []
      : ['Packages are published by .github/workflows/release.yml only. To see what it would publish, add --dry-run.']),
    ...(env.ACTIONS_ID_TOKEN_REQUEST_URL && env.ACTIONS_ID_TOKEN_REQUEST_TOKEN
      ? []
      : ['The job has no ID token. Give it the permission id-token: write.']),
    ...(env.NODE_AUTH_TOKEN || env.NPM_TOKEN
      ? ['NODE_AUTH_TOKEN or NPM_TOKEN is set. Remove it: the registry trusts the workflow, and needs no token.']
      : []),
    ...(changed.length === 0
      ? []
      : [`The working tree has files that are not committed: ${formatList(changed)}. Commit or delete them.`]),
    ...(changesets.length === 0
      ? []
      : [`${changesets.length} changesets are not applied. Merge the pull request with the versions first.`]),
  ];
}

function formatList(files: readonly string[]): string {
  const shown = files.slice(0, 5).join(', ');
  return files.length > 5 ? `${shown} and ${files.length - 5} more` : shown;
}
