import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { listenInTest } from '@firstofficer/common/testing';
import { expect, onTestFinished, test } from 'vitest';
import { createGitHubReleases } from '../src/github.ts';
import { writeGitHubReleases } from '../src/notes.ts';
import { createTemporaryFolder } from './packed-fixture.ts';

const PACKAGES = [
  { source: { name: '@firstofficer/mock', version: '0.1.0', folder: 'packages/mock' }, notes: 'New option.' },
  { source: { name: '@firstofficer/spec', version: '2.3.0', folder: 'spec' }, notes: 'New member.' },
];

async function createOutput(): Promise<string> {
  const folder = await createTemporaryFolder();
  await writeGitHubReleases(PACKAGES, folder);
  for (const file of ['firstofficer-mock-0.1.0.cdx.json', 'firstofficer-spec-2.3.0.cdx.json']) {
    await writeFile(join(folder, file), '{"bomFormat":"CycloneDX"}');
  }
  return folder;
}

/** Starts a server that has the releases with the given tags. It answers uploads with a status. */
async function startGitHub({ tags = [] as string[], uploadStatus = 201 } = {}) {
  const requests: { method: string | undefined; path: string; body: unknown }[] = [];
  const server = createServer(async (request, response) => {
    const path = decodeURIComponent(request.url ?? '');
    const text = (await buffer(request)).toString();
    requests.push({ method: request.method, path, body: text === '' ? undefined : JSON.parse(text) });
    if (request.method === 'GET') {
      response.statusCode = tags.some((tag) => path.endsWith(`/tags/${tag}`)) ? 200 : 404;
    } else if (path.startsWith('/uploads')) response.statusCode = uploadStatus;
    response.end(JSON.stringify({ url: `${url}/release`, upload_url: `${url}/uploads{?name,label}` }));
  });
  const { url } = await listenInTest({ onTestFinished }, server);
  const env = {
    GITHUB_API_URL: url,
    GITHUB_REPOSITORY: 'firstofficer/api',
    GITHUB_SHA: '0123abcd',
    GITHUB_TOKEN: 'token-of-the-job',
  };
  return { env, requests };
}

test('each version without a release gets one, with its notes, its tag and its bill of materials', async () => {
  const { env, requests } = await startGitHub({ tags: ['@firstofficer/mock@0.1.0'] });

  expect(await createGitHubReleases(await createOutput(), env)).toEqual(['v2.3.0']);

  expect(requests.slice(2)).toEqual([
    {
      method: 'POST',
      path: '/repos/firstofficer/api/releases',
      body: {
        tag_name: 'v2.3.0',
        target_commitish: '0123abcd',
        name: '@firstofficer/spec 2.3.0',
        body: 'New member.\n',
        draft: true,
      },
    },
    { method: 'POST', path: '/uploads?name=firstofficer-spec-2.3.0.cdx.json', body: { bomFormat: 'CycloneDX' } },
    { method: 'PATCH', path: '/release', body: { draft: false, make_latest: 'true' } },
  ]);
});

test('a release whose bill of materials is rejected does not become visible', async () => {
  const { env, requests } = await startGitHub({ uploadStatus: 422 });

  const error = await createGitHubReleases(await createOutput(), env).catch(({ message }: Error) => message);

  expect(error).toContain('GitHub answered 422 to POST');
  expect(error).not.toContain(env.GITHUB_TOKEN);
  expect(requests.map(({ method }) => method)).not.toContain('PATCH');
});

test('a machine of a person creates no releases', async () => {
  await expect(createGitHubReleases('out', {})).rejects.toThrow(
    'This command runs in .github/workflows/release.yml only.',
  );
});
