import { launchBrowser } from '@firstofficer/browser';
import lighthouse from 'lighthouse';
import { freePort } from '../free-port.ts';

export const CATEGORIES = ['performance', 'accessibility', 'best-practices', 'seo'] as const;

export type Category = (typeof CATEGORIES)[number];

/** Returns the Lighthouse scores for a phone, from 0 to 100. Lighthouse gets its own browser, because it resets it. */
export async function measureScores(url: string): Promise<Record<Category, number>> {
  const port = await freePort();
  await using _browser = await launchBrowser({ flags: [`--remote-debugging-port=${port}`] });
  const result = await lighthouse(url, { port, logLevel: 'silent', output: 'json', onlyCategories: [...CATEGORIES] });
  const score = (category: Category) => Math.round((result?.lhr.categories[category]?.score ?? 0) * 100);
  return Object.fromEntries(CATEGORIES.map((category) => [category, score(category)])) as Record<Category, number>;
}
