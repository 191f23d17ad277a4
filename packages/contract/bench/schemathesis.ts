import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { UsageError } from '@firstofficer/common/command';
import { type Finding, hash, type RunningMuseum, runCommand, type Tool } from './tool.ts';

const REQUIREMENTS = join(import.meta.dirname, 'requirements.txt');
const FOLDER = join(import.meta.dirname, '../node_modules/.cache/schemathesis');
const BIN = join(FOLDER, 'bin');

/** Installs Schemathesis in a Python environment when it is first needed, or when its version has changed. */
export async function installSchemathesis(): Promise<void> {
  const marker = join(FOLDER, 'installed.txt');
  const requirements = await readFile(REQUIREMENTS, 'utf8');
  if ((await readFile(marker, 'utf8').catch(() => '')) === requirements) return;
  console.error('Installing Schemathesis (100 MB)…');
  const failed =
    'Schemathesis cannot be installed. It needs Python 3.11 with venv. On Debian: apt-get install python3-venv';
  const commands = [
    ['python3', '-m', 'venv', '--clear', FOLDER],
    [join(BIN, 'pip'), 'install', '--quiet', '--disable-pip-version-check', '--requirement', REQUIREMENTS],
  ];
  for (const command of commands) {
    const { code, output } = await runCommand(command, { timeoutMs: 600_000 });
    if (code !== 0) throw new UsageError(`${failed}\n${output}`);
  }
  await writeFile(marker, requirements);
}

/** Schemathesis with all its checks and phases. */
export const schemathesis: Tool = {
  name: 'Schemathesis',

  async run({ url, spec, key, folder }: RunningMuseum) {
    const events = join(folder, 'events.ndjson');
    const options = [
      ...['--url', url, '--header', `X-Api-Key: ${key}`, '--seed', '1', '--workers', '8', '--no-color'],
      // Otherwise the first finding of an operation, which may be a false alarm, hides all others.
      '--continue-on-failure',
      ...['--report', 'ndjson', '--report-ndjson-path', events, '--generation-database', 'none'],
    ];
    const run = await runCommand([join(BIN, 'schemathesis'), 'run', spec, ...options], { cwd: folder });
    const text = await readFile(events, 'utf8').catch(() => '');
    return { ...run, findings: text.split('\n').flatMap(readFindings) };
  },
};

interface ScenarioFinished {
  readonly recorder: {
    readonly checks: Readonly<
      Record<string, readonly { readonly failure_info?: { readonly failure: Failure } | null }[]>
    >;
    readonly interactions: Readonly<Record<string, { readonly response: ReceivedResponse | null }>>;
  };
}

interface Failure {
  readonly type: string;
  readonly title: string;
  readonly operation: string;
}

interface ReceivedResponse {
  readonly status_code: number;
  readonly content?: { readonly $base64: string } | null;
}

/** Returns the findings in a line of the report. Two findings are the same if they have the same cause. */
export function readFindings(line: string): Finding[] {
  if (!line.includes('"failure":')) return [];
  const { ScenarioFinished: scenario } = JSON.parse(line) as { readonly ScenarioFinished?: ScenarioFinished };
  if (!scenario) return [];
  return Object.entries(scenario.recorder.checks).flatMap(([id, results]) =>
    results.flatMap(({ failure_info }) => {
      if (!failure_info) return [];
      const { type, title, operation } = failure_info.failure;
      const { status_code: status = 0, content } = scenario.recorder.interactions[id]?.response ?? {};
      // An error body names the invalid part of the request, so it tells two causes apart.
      const cause = status >= 400 ? hash(content?.$base64 ?? '') : '';
      return [{ check: title, key: `${type} ${operation} ${status} ${cause}` }];
    }),
  );
}
