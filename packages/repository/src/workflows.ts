import { isScalar, parseDocument, visit } from 'yaml';

/** What commands in a workflow may call. */
export interface Commands {
  /** The version of pnpm in `packageManager` of the root `package.json`. */
  readonly pnpm: string;
  /** The scripts of each package by its name, and those of the root by the name `''`. */
  readonly scripts: ReadonlyMap<string, readonly string[]>;
}

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

interface Job {
  readonly uses?: string;
  readonly 'timeout-minutes'?: number;
  readonly permissions?: unknown;
  readonly steps?: readonly Step[];
}

interface Workflow {
  readonly on?: unknown;
  readonly permissions?: unknown;
  readonly jobs?: Readonly<Record<string, Job>>;
}

/**
 * Returns what is wrong with a workflow of GitHub Actions: actions that are not pinned, missing limits, too many
 * permissions, and commands that developers cannot run on their own machine.
 */
export function findWorkflowProblems(text: string, commands: Commands): string[] {
  const workflow: Workflow = parseDocument(text).toJS() ?? {};
  return [
    ...findUnpinnedActions(text),
    ...findPermissionProblems(workflow),
    ...Object.entries(workflow.jobs ?? {}).flatMap(([name, job]) =>
      findJobProblems(job, commands).map((problem) => `jobs.${name}: ${problem}`),
    ),
  ];
}

/** A tag such as `v6` can move to other code. A digest cannot, and the comment says which version it is. */
function findUnpinnedActions(text: string): string[] {
  const problems: string[] = [];
  visit(parseDocument(text), {
    Pair(_, { key, value }) {
      if (!isScalar(key) || key.value !== 'uses' || !isScalar(value)) return;
      const action = String(value.value);
      if (action.startsWith('./')) return;
      const isPinned = /^docker:\/\/[^@]+@sha256:[\da-f]{64}$|^[\w.-]+\/[\w./-]+@[\da-f]{40}$/.test(action);
      if (isPinned && /^ v\d+\.\d+\.\d+$/.test(value.comment ?? '')) return;
      problems.push(
        `uses: ${action}: pin the digest of a commit, with the version in a comment: owner/name@<40 hex digits> # v1.2.3`,
      );
    },
  });
  return problems;
}

function findPermissionProblems({ on, permissions, jobs = {} }: Workflow): string[] {
  const isTriggered = (event: string) =>
    on === event || (typeof on === 'object' && on !== null && (Array.isArray(on) ? on.includes(event) : event in on));
  const all = Object.values(jobs).map((job) => job.permissions);
  return [
    ...(permissions === undefined ? ['permissions is missing. Set it to {} or to contents: read.'] : []),
    ...(grantsWrite(permissions)
      ? ['permissions grants every job the right to write. Grant it to the job that needs it.']
      : []),
    ...(all.includes('write-all') ? ['permissions: write-all: list the rights that the job needs.'] : []),
    ...(isTriggered('pull_request_target')
      ? ['on: pull_request_target gives code of a fork access to secrets. Use pull_request.']
      : []),
  ];
}

function grantsWrite(permissions: unknown): boolean {
  if (typeof permissions === 'string') return permissions === 'write-all';
  return Object.values(permissions ?? {}).includes('write');
}

function findJobProblems(job: Job, commands: Commands): string[] {
  // A job that calls another workflow has the limits of that workflow.
  const hasLimit = job.uses !== undefined || typeof job['timeout-minutes'] === 'number';
  return [
    ...(hasLimit ? [] : ['timeout-minutes is missing. The default is six hours.']),
    ...(job.steps ?? []).flatMap((step) => [
      ...findCheckoutProblems(step, job),
      // Some actions run commands that their input `script` contains.
      ...[step.run, step.with?.script].flatMap((run) => findCommandProblems(run, commands)),
    ]),
  ];
}

/** By default, the checkout leaves a token in the folder, which every later command can read. */
function findCheckoutProblems({ uses, with: options = {} }: Step, { permissions }: Job): string[] {
  if (!uses?.startsWith('actions/checkout@')) return [];
  if (options['persist-credentials'] === false || grantsWrite(permissions)) return [];
  return ['actions/checkout keeps its token in the folder. Set persist-credentials: false.'];
}

function findCommandProblems(run: unknown, commands: Commands): string[] {
  if (typeof run !== 'string') return [];
  const problems = run.includes('${{')
    ? ['a command contains an expression, whose value can contain commands. Pass the value in env.']
    : [];
  const lines = run.replaceAll('\\\n', ' ').split(/\n|&&/);
  return [...problems, ...lines.flatMap((line) => findLineProblems(line.trim(), commands))];
}

function findLineProblems(line: string, { pnpm, scripts }: Commands): string[] {
  if (line === '' || line.startsWith('#') || line === 'bash .ci/run') return [];
  const [, version, rest = ''] = /^npx -y pnpm@(\S+) (.*)$/.exec(line) ?? [];
  if (version === undefined)
    return [`"${line}" is no script. Write a script in package.json, so that everybody can run it.`];
  if (version !== pnpm) return [`"${line}" runs pnpm ${version}. packageManager in package.json is pnpm@${pnpm}.`];
  const words = rest.split(/\s+/).filter((word) => word !== 'run' && word !== '--silent');
  const [filter] = words[0] === '--filter' ? words.splice(0, 2).slice(1) : [''];
  const [script = ''] = words;
  if (script === 'install')
    return words.includes('--frozen-lockfile') ? [] : [`"${line}" may change the lockfile. Add --frozen-lockfile.`];
  if (scripts.get(filter ?? '')?.includes(script)) return [];
  return [`"${line}": ${filter || 'the root package'} has no script ${script}.`];
}
