import type { Browser } from '@firstofficer/browser';

/** More than a reference of a few operations has. */
const MOST = 50;

/** All that the HTML says before any script runs: of the first page, and of those its links lead to. */
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
      // A text node for each, so that words of neighbours do not run together.
      const walker = document.createTreeWalker(body, NodeFilter.SHOW_TEXT);
      const parts: string[] = [];
      while (walker.nextNode()) parts.push(walker.currentNode.nodeValue ?? '');
      return { text: parts.join('\n'), links: [...document.querySelectorAll('a')].map(({ href }) => href) };
    });
    texts.push(text);
    for (const link of links.map((href) => href.replace(/#.*/, ''))) {
      if (link.startsWith(url) && !queue.includes(link) && queue.length < MOST) queue.push(link);
    }
  }
  await context.close();
  return texts.join('\n');
}
