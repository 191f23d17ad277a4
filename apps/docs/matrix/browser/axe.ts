import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { BrowserContext, Page } from '@firstofficer/browser';

interface Axe {
  run(options: object): Promise<{ violations: { id: string; nodes: { target: unknown }[] }[] }>;
}

const SOURCE = await readFile(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8');

/**
 * Injects axe into every page of a context. A script element would violate the Content-Security-Policy of the pages.
 */
export async function withAxe(context: BrowserContext): Promise<void> {
  await context.addInitScript(SOURCE);
}

/** Returns axe's violations on the page: each rule with its elements. */
export async function violations(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    // The injected script defines this global.
    const { axe } = globalThis as unknown as { axe: Axe };
    const { violations } = await axe.run({ resultTypes: ['violations'] });
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => String(target)).join(', ')}`);
  });
}
