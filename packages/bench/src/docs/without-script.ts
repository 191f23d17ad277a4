import type { Browser } from '@firstofficer/browser';

/** The maximum number of pages to visit, more than the reference of a few operations has. */
const MAX_PAGES = 50;

/** Returns the text of the HTML without JavaScript, of the first page and of all pages that are reachable by links. */
export async function textWithoutScript(browser: Browser, url: string): Promise<string> {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  const queue = [url];
  const texts: string[] = [];
  for (const address of queue) {
    const response = await page.goto(address);
    if (!response?.ok() || !response.headers()['content-type']?.includes('html')) continue;
    const { text, links } = await page.evaluate(() => {
      const body = document.body.cloneNode(true) as HTMLElement;
      for (const element of body.querySelectorAll('script, style, template')) element.remove();
      // Joins text nodes with line breaks, so that words of adjacent elements stay separate.
      const walker = document.createTreeWalker(body, NodeFilter.SHOW_TEXT);
      const parts: string[] = [];
      while (walker.nextNode()) parts.push(walker.currentNode.nodeValue ?? '');
      return { text: parts.join('\n'), links: [...document.querySelectorAll('a')].map(({ href }) => href) };
    });
    texts.push(text);
    for (const link of links.map((href) => href.replace(/#.*/, ''))) {
      if (link.startsWith(url) && !queue.includes(link) && queue.length < MAX_PAGES) queue.push(link);
    }
  }
  await context.close();
  return texts.join('\n');
}
