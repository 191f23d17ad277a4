import { launchBrowser } from '@firstofficer/browser';
import lighthouse from 'lighthouse';
import { freePort } from '../free-port.ts';

export const CATEGORIES = ['performance', 'accessibility', 'best-practices', 'seo'] as const;

export type Category = (typeof CATEGORIES)[number];

/** The scores of Lighthouse, of 100, for a phone. It has a browser to itself, as it tidies up what it measures in. */
export async function scores(url: string): Promise<Record<Category, number>> {
  const port = await freePort();
  await using _browser = await launchBrowser({ flags: [`--remote-debugging-port=${port}`] });
  const result = await lighthouse(url, { port, logLevel: 'silent', output: 'json', onlyCategories: [...CATEGORIES] });
  const score = (category: Category) => Math.round((result?.lhr.categories[category]?.score ?? 0) * 100);
  return Object.fromEntries(CATEGORIES.map((category) => [category, score(category)])) as Record<Category, number>;
}
