import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';

const read = (file: string) => readFile(new URL(`../${file}`, import.meta.url), 'utf8');
const dockerfile = await read('Dockerfile');

test('the container starts the command of the package on all addresses', async () => {
  const [, json = ''] = /^ENTRYPOINT (\[.*\])$/m.exec(dockerfile) ?? [];
  const [program, script, ...options] = JSON.parse(json) as string[];
  const { bin } = JSON.parse(await read('package.json')) as { bin: Record<string, string> };

  expect(program).toBe('node');
  expect(script).toBe(`/app/${bin['firstofficer-mock']}`);
  expect(existsSync(new URL(`../${bin['firstofficer-mock']}`, import.meta.url))).toBe(true);
  expect(options).toEqual(['--host', '0.0.0.0']);
});

test('the options and the port in the Dockerfile exist', async () => {
  const command = await read('src/cli.ts');

  for (const [option] of dockerfile.matchAll(/(?<=firstofficer-mock |")--[\w-]+/g)) {
    expect(command).toContain(`'${option} <`);
  }
  const [, port = ''] = /^EXPOSE (\d+)$/m.exec(dockerfile) ?? [];
  expect(command).toMatch(new RegExp(`'--port <number>'.*\\b${port}\\)`));
});
