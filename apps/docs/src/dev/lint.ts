import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** A mistake in the spec, as one who has to mend it wants to know it. */
export interface Problem {
  readonly message: string;
  /** Where it is, such as `openapi.yaml:12:3 #/info`; empty if that is not known. */
  readonly place: string;
}

interface Finding {
  readonly severity: string;
  readonly message: string;
  readonly location?: readonly {
    readonly source?: { readonly ref?: string };
    readonly pointer?: string;
    readonly start?: { readonly line: number; readonly col: number };
  }[];
}

/**
 * The errors that the spec's own rules find in it.
 *
 * @example
 * for (const { place, message } of await lint('spec/openapi.yaml')) console.log(place, message);
 */
export async function lint(spec: string): Promise<Problem[]> {
  const cli = createRequire(import.meta.url).resolve('@redocly/cli/bin/cli.js');
  const args = [cli, 'lint', spec, '--format', 'json', '--config', join(dirname(spec), 'redocly.yaml')];
  const env = { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' };
  // It ends with 1 if it finds errors: what it prints tells them from a failure of its own.
  const output = await new Promise<string>((resolve) => {
    execFile(process.execPath, args, { env, cwd: dirname(spec) }, (_, stdout) => resolve(stdout));
  });
  const start = output.indexOf('{');
  if (start < 0) return [];
  const { problems } = JSON.parse(output.slice(start)) as { problems: readonly Finding[] };
  return problems.filter(({ severity }) => severity === 'error').map(toProblem);
}

function toProblem({ message, location = [] }: Finding): Problem {
  const [first] = location;
  const file = first?.source?.ref?.split('/').at(-1) ?? '';
  const line = first?.start === undefined ? '' : `:${first.start.line}:${first.start.col}`;
  return { message, place: `${file}${line} ${first?.pointer ?? ''}`.trim() };
}
