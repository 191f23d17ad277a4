import { lstat, mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { mapStrings } from '../../src/report/escape.ts';
import { FORMATS, type FormatName, formatJsonReport } from '../../src/report/formats.ts';
import { formatTerminalReport } from '../../src/report/terminal.ts';
import { redactReport, writeReports } from '../../src/report/write-reports.ts';
import { createRedactor } from '../../src/request/redact.ts';
import type { RecordedExchange } from '../../src/run/recording.ts';
import { temporaryFolder } from '../temporary-file.ts';
import { EXCHANGES, failed, passed } from './fixtures.ts';

const options = { redact: (text: string) => text, env: {} };

test('creates missing folders and leaves no temporary file', async (context) => {
  const folder = join(await temporaryFolder(context), 'a/b');
  const problems = await writeReports(passed, [], {
    ...options,
    requested: [{ format: 'json', file: join(folder, 'out.json') }],
  });

  expect(problems).toEqual([]);
  expect(await readdir(folder)).toEqual(['out.json']);
  expect(await readFile(join(folder, 'out.json'), 'utf8')).toBe(formatJsonReport(passed));
});

test('replaces an earlier report, also through a symbolic link', async (context) => {
  const folder = await temporaryFolder(context);
  const [file, link] = [join(folder, 'out.json'), join(folder, 'link.json')];
  await writeFile(file, 'x'.repeat(100_000));
  await symlink(file, link);
  await writeReports(passed, [], { ...options, requested: [{ format: 'json', file: link }] });

  expect(await readFile(file, 'utf8')).toBe(formatJsonReport(passed));
  expect((await lstat(link)).isSymbolicLink()).toBe(true);
});

test('returns option, file and reason for each report that cannot be written, and writes the others', async (context) => {
  const folder = await temporaryFolder(context);
  await mkdir(join(folder, 'taken'));
  await writeFile(join(folder, 'file'), '');
  const problems = await writeReports(passed, [], {
    ...options,
    requested: [
      { format: 'junit', file: join(folder, 'taken') },
      { format: 'sarif', file: join(folder, 'file/out.sarif') },
      { format: 'html', file: join(folder, 'x'.repeat(300)) },
      { format: 'json', file: join(folder, 'out.json') },
    ],
  });

  expect(problems).toEqual([
    `--report junit=${folder}/taken: cannot write ${folder}/taken (EISDIR, it is a folder).`,
    expect.stringContaining(`--report sarif=${folder}/file/out.sarif: cannot write ${folder}/file/out.sarif (E`),
    expect.stringMatching(/--report html=.* \(ENAMETOOLONG, the name is too long\)\.$/),
  ]);
  expect((await readdir(folder)).toSorted()).toEqual(['file', 'out.json', 'taken']);
});

test('reports a full disk', async ({ skip }) => {
  skip(process.platform !== 'linux', 'There is no /dev/full.');
  const problems = await writeReports(passed, [], { ...options, requested: [{ format: 'json', file: '/dev/full' }] });

  expect(problems).toEqual(['--report json=/dev/full: cannot write /dev/full (ENOSPC, the disk is full).']);
});

test('prints GitHub commands and appends the summary to the file', async (context) => {
  const summary = join(await temporaryFolder(context), 'summary.md');
  await writeFile(summary, 'Before.\n');
  const written: string[] = [];
  const output = { write: (text: string) => written.push(text) };
  await writeReports(failed, [], {
    ...options,
    requested: [{ format: 'github' }],
    output,
    env: { GITHUB_STEP_SUMMARY: summary },
  });

  expect(written.join('')).toMatch(/^::error file=/);
  expect(await readFile(summary, 'utf8')).toMatch(/^Before\.\n## Contract tests failed/);
});

test('writes no summary outside of GitHub', async () => {
  const output = { write: () => undefined };

  expect(await writeReports(failed, [], { ...options, requested: [{ format: 'github' }], output })).toEqual([]);
});

test('removes the key from every report, in every encoding', async (context) => {
  const folder = await temporaryFolder(context);
  const key = 'se<same>/&k\'e"y+';
  const spellings = [
    key,
    JSON.stringify(key),
    JSON.stringify(JSON.stringify(key)),
    encodeURIComponent(key),
    encodeURIComponent(key).toLowerCase(),
    Buffer.from(`${key}:`).toString('base64'),
    Buffer.from(`${key}:`).toString('base64url'),
    key.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&#34;'),
  ];
  // Put the key into every string, so that new members are covered as well.
  const planted = (text: string) => (Number.isNaN(Date.parse(text)) ? `${text} ${spellings.join(' ')}` : text);
  const report = { ...mapStrings(failed, planted), verdict: failed.verdict, checks: mapFindings(planted) };
  const bytes = Buffer.from(planted('\xff'), 'latin1').toString('base64');
  const texts = EXCHANGES.filter(({ response }) => response?.encoding === undefined);
  const exchanges = texts.map((exchange) => mapStrings(exchange, planted));
  exchanges.push(...EXCHANGES.flatMap((exchange) => withBytes(exchange, bytes)));
  const redact = createRedactor([{ value: key, variable: 'FIRSTOFFICER_TOKEN' }]);
  const names = Object.keys(FORMATS) as FormatName[];
  const written: string[] = [];
  const summary = join(folder, 'summary');
  const problems = await writeReports(report, exchanges, {
    requested: names.map((format) => (FORMATS[format].toFile ? { format, file: join(folder, format) } : { format })),
    redact,
    output: { write: (text) => written.push(text) },
    env: { GITHUB_STEP_SUMMARY: summary },
  });
  const files = [...names.filter((name) => FORMATS[name].toFile), 'summary'];
  const reports = await Promise.all(files.map((name) => readFile(join(folder, name), 'utf8')));
  reports.push(written.join(''), formatTerminalReport(redactReport(report, redact), { colour: false, width: 80 }));

  expect(problems).toEqual([]);
  // The key must not be in base64 text either.
  reports.push(
    ...reports
      .flatMap((text) => text.match(/[\w+/-]{40,}={0,2}/g) ?? [])
      .map((run) => Buffer.from(run, 'base64').toString())
      .filter((decoded) => decoded.includes('se<')),
  );

  for (const text of reports) {
    expect(text).not.toMatch(/same|c2U8c2FtZT4v|c2U8c2FtZT4_/);
    expect(text).toContain('FIRSTOFFICER_TOKEN');
  }
});

function withBytes(exchange: RecordedExchange, body: string): RecordedExchange[] {
  return exchange.response ? [{ ...exchange, response: { ...exchange.response, body, encoding: 'base64' } }] : [];
}

function mapFindings(change: (text: string) => string) {
  return failed.checks.map((result) => ({
    ...result,
    rationale: change(result.rationale),
    findings: result.findings.map((finding) => ({ ...mapStrings(finding, change), severity: finding.severity })),
  }));
}
