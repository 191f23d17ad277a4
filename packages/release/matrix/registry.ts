import { createServer, type IncomingMessage } from 'node:http';
import { json } from 'node:stream/consumers';
import { listenInTest } from '@firstofficer/common/testing';
import { onTestFinished } from 'vitest';

/** The tokens of the servers. None of them may appear in an output. */
export const TOKENS = {
  job: 'token-of-the-job-1234567890',
  id: `${encode({ alg: 'none' })}.${encode({ aud: 'npm', sub: 'repo:example' })}.c2lnbmF0dXJl`,
  registry: `npm_${'r'.repeat(36)}`,
};

/** What the registry received. */
interface Publication {
  readonly name: string;
  readonly version: string;
  readonly access: string;
  /** The SHA-512 of the tarball. */
  readonly integrity: string;
  readonly authorization: string | undefined;
}

/** A registry that trusts the jobs of a CI system, together with the ID tokens of that system. */
export interface Registry {
  /** The environment of a job. */
  readonly env: NodeJS.ProcessEnv;
  readonly publications: Publication[];
}

/** Starts a registry. It contains the given versions, and rejects the package with the name `rejected`. */
export async function startRegistry({ existing = [] as string[], rejected = '' } = {}): Promise<Registry> {
  const publications: Publication[] = [];
  const server = createServer(async (request, response) => {
    const { status, body } = await answer(request);
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
  const { url } = await listenInTest({ onTestFinished }, server);
  const env = {
    ...process.env,
    GITHUB_ACTIONS: 'true',
    ACTIONS_ID_TOKEN_REQUEST_URL: `${url}/id-token?job=1`,
    ACTIONS_ID_TOKEN_REQUEST_TOKEN: TOKENS.job,
    npm_config_registry: `${url}/`,
    PNPM_CONFIG_REGISTRY: `${url}/`,
  };
  return { env, publications };

  async function answer(request: IncomingMessage): Promise<{ status: number; body: unknown }> {
    const path = decodeURIComponent(new URL(request.url ?? '', url).pathname);
    const { authorization } = request.headers;
    if (path === '/id-token') {
      return authorization === `Bearer ${TOKENS.job}`
        ? { status: 200, body: { value: TOKENS.id } }
        : { status: 401, body: {} };
    }
    if (path.startsWith('/-/npm/v1/oidc/token/exchange/package/')) {
      return authorization === `Bearer ${TOKENS.id}`
        ? { status: 201, body: { token: TOKENS.registry, token_type: 'oidc' } }
        : { status: 401, body: {} };
    }
    const name = path.slice(1);
    if (request.method === 'PUT') {
      if (name === rejected) {
        return { status: 403, body: { error: `You may not publish ${name} with ${authorization}.` } };
      }
      const document = (await json(request)) as Document;
      const [[version, { dist }] = ['', { dist: { integrity: '' } }]] = Object.entries(document.versions);
      publications.push({ name, version, access: document.access, integrity: dist.integrity, authorization });
      return { status: 201, body: { ok: true } };
    }
    const versions = existing
      .filter((entry) => entry.startsWith(`${name}@`))
      .map((entry) => entry.slice(name.length + 1));
    if (versions.length === 0) return { status: 404, body: { error: 'not found' } };
    return { status: 200, body: createDocument(name, versions) };
  }
}

interface Document {
  readonly access: string;
  readonly versions: Readonly<Record<string, { readonly dist: { readonly integrity: string } }>>;
}

function createDocument(name: string, versions: readonly string[]) {
  const manifests = versions.map((version) => {
    const tarball = `http://127.0.0.1/${name}-${version}.tgz`;
    return [version, { name, version, dist: { tarball, integrity: 'sha512-AA==', shasum: '00' } }];
  });
  return { name, 'dist-tags': { latest: versions.at(-1) }, versions: Object.fromEntries(manifests) };
}

function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
