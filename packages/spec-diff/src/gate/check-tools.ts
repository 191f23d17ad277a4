import { join } from 'node:path';
import { UsageError } from '@firstofficer/common/command';
import { runOasdiff } from './oasdiff.ts';
import { REDOCLY_CONFIG, runRedoclyDiff } from './redocly.ts';

const FOLDER = join(import.meta.dirname, '../../known-changes');
const BASE = join(FOLDER, 'base.yaml');
const REVISION = join(FOLDER, 'revision.yaml');

// Every rule of Redocly's ruleset diff-recommended.
const REDOCLY_RULES = [
  'enum-values-added',
  'enum-values-removed',
  'media-type-removed',
  'operation-id-changed',
  'operation-removed',
  'parameter-became-required',
  'parameter-removed',
  'parameter-serialization-changed',
  'path-removed',
  'property-removed',
  'request-body-became-required',
  'request-body-removed',
  'required-properties-added',
  'required-properties-removed',
  'response-header-removed',
  'response-removed',
  'schema-combinator-changed',
  'schema-constraint-changed',
  'schema-type-changed',
  'security-requirement-changed',
  'security-scheme-changed',
  'server-removed',
];

const OASDIFF_RULES = [
  'api-path-removed-without-deprecation',
  'api-removed-without-deprecation',
  'request-body-became-required',
  'request-body-removed',
  'request-parameter-became-required',
  'response-media-type-removed',
  'response-property-became-optional',
  'response-property-enum-value-added',
  'response-property-type-changed',
  'response-required-property-removed',
];

let checked: Promise<void> | undefined;

/**
 * Checks that Redocly and oasdiff find known breaking changes. A tool that finds nothing, for example because its rules
 * are switched off, would let every change pass. Runs once per process.
 *
 * @throws UsageError with the rules that found nothing.
 */
export function checkTools(): Promise<void> {
  checked ??= Promise.all([checkRedocly(REDOCLY_CONFIG), checkOasdiff()]).then(() => undefined);
  return checked;
}

/**
 * Checks that `redocly diff` finds known breaking changes with a configuration.
 *
 * @throws UsageError with the rules that found nothing.
 */
export async function checkRedocly(config: string): Promise<void> {
  const changes = await runRedoclyDiff(BASE, REVISION, config);
  const found = changes.flatMap(({ verdicts }) => verdicts.filter(({ impact }) => impact === 'major'));
  const missing = listMissing(
    REDOCLY_RULES,
    found.map(({ ruleId }) => ruleId),
  );
  if (missing.length > 0) {
    throw new UsageError(
      `redocly diff does not find known breaking changes (${missing.join(', ')}). Restore "extends: [diff-recommended]" in packages/spec-diff/redocly.yaml, and switch off none of its rules.`,
    );
  }
}

/**
 * Checks that oasdiff finds known breaking changes.
 *
 * @param binaryPath - The program to run instead of the one that is installed.
 * @throws UsageError with the rules that found nothing.
 */
export async function checkOasdiff(binaryPath?: string): Promise<void> {
  const found = (await runOasdiff(BASE, REVISION, binaryPath)).filter(({ level }) => level > 1);
  const missing = listMissing(
    OASDIFF_RULES,
    found.map(({ id }) => id),
  );
  if (missing.length > 0) {
    throw new UsageError(
      `oasdiff does not find known breaking changes (${missing.join(', ')}). Install it again with: npx -y pnpm@12 install --force`,
    );
  }
}

function listMissing(wanted: readonly string[], found: readonly string[]): string[] {
  return wanted.filter((rule) => !found.includes(rule));
}
