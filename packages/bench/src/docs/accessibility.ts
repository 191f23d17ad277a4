import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Page } from '@firstofficer/browser';

/** The IDs of the axe rules that a page violates, by impact. */
export interface Violations {
  readonly critical: readonly string[];
  readonly serious: readonly string[];
}

interface Axe {
  run(): Promise<{ violations: { id: string; impact: string }[] }>;
}

const SOURCE = await readFile(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8');

/** Runs axe on the current state of a page and returns the violated rules. */
export async function findViolations(page: Page): Promise<Violations> {
  await page.evaluate(SOURCE);
  const found = await page.evaluate(async () => {
    // The script above defines the global variable `axe`.
    const { violations } = await (globalThis as unknown as { axe: Axe }).axe.run();
    return violations.map(({ id, impact }) => ({ id, impact }));
  });
  const of = (level: string) => found.filter(({ impact }) => impact === level).map(({ id }) => id);
  return { critical: of('critical'), serious: of('serious') };
}

/** Merges the violations of several page states. Each rule appears once. */
export function mergeViolations(all: readonly Violations[]): Violations {
  const of = (level: keyof Violations) => [...new Set(all.flatMap((one) => one[level]))].sort();
  return { critical: of('critical'), serious: of('serious') };
}
