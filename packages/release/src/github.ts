import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { UsageError } from '@firstofficer/common/command';
import { type GitHubRelease, RELEASES_FILE } from './notes.ts';

/** Variables of a job in GitHub Actions. */
const VARIABLES = ['GITHUB_API_URL', 'GITHUB_REPOSITORY', 'GITHUB_SHA', 'GITHUB_TOKEN'] as const;

type Job = Readonly<Record<(typeof VARIABLES)[number], string>>;

/**
 * Creates a release on GitHub, with its tag and its bill of materials, for each package whose version has none. Returns
 * the tags of the created releases.
 *
 * @param folder - The folder that `release --out` wrote.
 * @throws UsageError if this is no job in GitHub Actions.
 * @throws Error with the answer of GitHub, if GitHub rejects a release.
 */
export async function createGitHubReleases(folder: string, env: NodeJS.ProcessEnv): Promise<string[]> {
  const job = readJob(env);
  const releases: GitHubRelease[] = JSON.parse(await readFile(join(folder, RELEASES_FILE), 'utf8'));
  const created: string[] = [];
  for (const release of releases) {
    if (await hasRelease(release, job)) continue;
    const { upload_url: uploadUrl, url } = await createDraft(release, { folder, job });
    const sbom = await readFile(join(folder, release.sbom));
    // GitHub writes {?name,label} at the end of the URL.
    await send(job, {
      method: 'POST',
      url: `${uploadUrl.replace(/\{.*/, '')}?name=${encodeURIComponent(release.sbom)}`,
      headers: { 'Content-Type': 'application/vnd.cyclonedx+json' },
      body: sbom,
    });
    // Only a complete release becomes visible, and its tag exists from then on.
    await send(job, {
      method: 'PATCH',
      url,
      body: JSON.stringify({ draft: false, make_latest: String(release.latest) }),
    });
    created.push(release.tag);
  }
  return created;
}

function readJob(env: NodeJS.ProcessEnv): Job {
  const missing = VARIABLES.filter((name) => !env[name]);
  if (missing.length > 0) {
    throw new UsageError(`${missing.join(', ')} is not set. This command runs in .github/workflows/release.yml only.`);
  }
  return Object.fromEntries(VARIABLES.map((name) => [name, env[name] ?? ''])) as Job;
}

async function hasRelease({ tag }: GitHubRelease, job: Job): Promise<boolean> {
  const { status } = await send(job, { method: 'GET', url: `${getBase(job)}/tags/${encodeURIComponent(tag)}` });
  return status !== 404;
}

async function createDraft(
  { tag, title, notes }: GitHubRelease,
  { folder, job }: { readonly folder: string; readonly job: Job },
): Promise<{ url: string; upload_url: string }> {
  const body = {
    tag_name: tag,
    target_commitish: job.GITHUB_SHA,
    name: title,
    body: await readFile(join(folder, notes), 'utf8'),
    draft: true,
  };
  const response = await send(job, { method: 'POST', url: getBase(job), body: JSON.stringify(body) });
  return response.json() as Promise<{ url: string; upload_url: string }>;
}

function getBase({ GITHUB_API_URL: url, GITHUB_REPOSITORY: repository }: Job): string {
  return `${url}/repos/${repository}/releases`;
}

interface Request {
  readonly method: string;
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array<ArrayBuffer>;
}

/** Sends a request. A 404 of a GET is an answer, every other error is thrown. */
async function send({ GITHUB_TOKEN: token }: Job, { url, headers, ...request }: Request): Promise<Response> {
  const response = await fetch(url, {
    ...request,
    headers: {
      Accept: 'application/vnd.github+json',
      Authorization: `Bearer ${token}`,
      'X-GitHub-Api-Version': '2022-11-28',
      ...headers,
    },
  });
  if (response.ok || (request.method === 'GET' && response.status === 404)) return response;
  throw new Error(`GitHub answered ${response.status} to ${request.method} ${url}: ${await response.text()}`);
}
