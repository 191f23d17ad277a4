import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type Commands, findWorkflowProblems } from '../src/workflows.ts';
import { listPackages, ROOT, readManifest } from '../src/workspaces.ts';

const read = (file: string) => readFileSync(join(ROOT, file), 'utf8');

const root = readManifest('.');
const commands: Commands = {
  pnpm: (root.packageManager ?? '').replace('pnpm@', ''),
  scripts: new Map(
    listPackages().map((folder) => {
      const { name, scripts = {} } = readManifest(folder);
      return [folder === '.' ? '' : name, Object.keys(scripts)];
    }),
  ),
};

const WORKFLOWS = globSync('.github/{workflows,actions}/**/*.{yml,yaml}', { cwd: ROOT });

test('the checks see the workflows', () => {
  expect(WORKFLOWS).toEqual(expect.arrayContaining(['.github/workflows/ci.yml', '.github/workflows/docs.yml']));
});

test.for(WORKFLOWS)('%s is safe, and runs only scripts of this repository', (file) => {
  expect(findWorkflowProblems(read(file), commands)).toEqual([]);
});

test.for(['.ci/run', 'apps/api/Dockerfile', 'packages/mock/Dockerfile'])('%s runs the pinned pnpm', (file) => {
  const versions = [...read(file).matchAll(/pnpm@(\S+)/g)].map(([, version]) => version);
  expect([...new Set(versions)]).toEqual([commands.pnpm]);
});

const DIGEST = 'd23441a48e516b6c34aea4fa41551a30e30af803';
const CHECKOUT = `actions/checkout@${DIGEST} # v6.1.0\n        with:\n          persist-credentials: false`;

/** Creates a workflow with one job. Its only fault is what the test changes. */
function createWorkflow({
  on = 'push',
  permissions = 'permissions: {}',
  limit = 'timeout-minutes: 5',
  uses = CHECKOUT,
  run = `npx -y pnpm@${commands.pnpm} test`,
  job = '',
} = {}): string {
  return `on: ${on}
${permissions}
jobs:
  test:
    runs-on: ubuntu-latest
    ${limit}
    ${job}
    steps:
      - uses: ${uses}
      - run: |
          ${run}
`;
}

test('accepts a safe workflow', () => {
  expect(findWorkflowProblems(createWorkflow(), commands)).toEqual([]);
});

test.for([
  'actions/setup-node@v6',
  'actions/setup-node@main',
  'actions/setup-node',
  `actions/setup-node@${DIGEST}`,
  `actions/setup-node@${DIGEST} # latest`,
  `actions/setup-node@${DIGEST} # v6`,
  `actions/setup-node@${DIGEST.slice(0, 12)} # v6.1.0`,
  'docker://alpine:3',
  `owner/name/folder@v1.0.0 # v1.0.0`,
])('finds the unpinned action %s', (uses) => {
  expect(findWorkflowProblems(createWorkflow({ uses }), commands)).toEqual([expect.stringContaining('pin the digest')]);
});

test.for([
  `actions/cache/save@${DIGEST} # v5.0.5`,
  `docker://alpine@sha256:${'a'.repeat(64)} # v3.0.0`,
  './.github/actions/own',
])('accepts the action %s', (uses) => {
  expect(findWorkflowProblems(createWorkflow({ uses }), commands)).toEqual([]);
});

test('finds an unpinned workflow that a job calls', () => {
  const text = 'on: push\npermissions: {}\njobs:\n  call:\n    uses: owner/name/.github/workflows/a.yml@main\n';
  expect(findWorkflowProblems(text, commands)).toEqual([expect.stringContaining('pin the digest')]);
});

test.for([
  ['permissions is missing', { permissions: '' }],
  ['grants every job', { permissions: 'permissions: write-all' }],
  ['grants every job', { permissions: 'permissions:\n  issues: write' }],
  ['write-all', { job: 'permissions: write-all' }],
  ['pull_request_target', { on: 'pull_request_target' }],
  ['pull_request_target', { on: '[push, pull_request_target]' }],
  ['pull_request_target', { on: '\n  pull_request_target:\n    branches: [main]' }],
  ['timeout-minutes is missing', { limit: '' }],
  ['persist-credentials', { uses: `actions/checkout@${DIGEST} # v6.1.0` }],
] as const)('finds: %s', ([problem, change]) => {
  expect(findWorkflowProblems(createWorkflow(change), commands)).toEqual([expect.stringContaining(problem)]);
});

test('a job that pushes may keep the token of the checkout', () => {
  const text = createWorkflow({
    uses: `actions/checkout@${DIGEST} # v6.1.0`,
    job: 'permissions:\n      contents: write',
  });
  expect(findWorkflowProblems(text, commands)).toEqual([]);
});

test.for([
  ['is no script', 'npm ci'],
  ['is no script', 'curl https://example.com/install.sh | bash'],
  ['is no script', `bash .ci/run\n          make`],
  ['runs pnpm 12.0.0', 'npx -y pnpm@12.0.0 test'],
  ['runs pnpm 12. ', 'npx -y pnpm@12 test'],
  ['--frozen-lockfile', `npx -y pnpm@${commands.pnpm} install`],
  ['the root package has no script missing', `npx -y pnpm@${commands.pnpm} missing`],
  ['@firstofficer/client has no script missing', `npx -y pnpm@${commands.pnpm} --filter @firstofficer/client missing`],
  ['@firstofficer/wrong has no script test', `npx -y pnpm@${commands.pnpm} --filter @firstofficer/wrong test`],
] as const)('finds a command: %s', ([problem, run]) => {
  expect(findWorkflowProblems(createWorkflow({ run }), commands)).toEqual([expect.stringContaining(problem)]);
});

test.for(['github.event.pull_request.title', 'github.head_ref', 'inputs.version', 'secrets.TOKEN'])(
  'finds the expression %s in a command',
  (value) => {
    const run = `npx -y pnpm@${commands.pnpm} test "\${{ ${value} }}"`;
    expect(findWorkflowProblems(createWorkflow({ run }), commands)).toEqual([
      expect.stringContaining('Pass the value in env'),
    ]);
  },
);

test('finds an expression and other commands in the script of an action', () => {
  const script = `echo $\{{ github.event.issue.title }}`;
  const uses = `actions/github-script@${DIGEST} # v8.0.0\n        with:\n          script: ${script}`;
  expect(findWorkflowProblems(createWorkflow({ uses }), commands)).toEqual([
    expect.stringContaining('Pass the value in env'),
    expect.stringContaining('is no script'),
  ]);
});

test.for([
  'install --frozen-lockfile',
  'run test',
  'test --verbose',
  '--filter @firstofficer/client test',
  'check:static \\\n            --verbose',
])('accepts the command pnpm %s', (command) => {
  expect(findWorkflowProblems(createWorkflow({ run: `npx -y pnpm@${commands.pnpm} ${command}` }), commands)).toEqual(
    [],
  );
});
