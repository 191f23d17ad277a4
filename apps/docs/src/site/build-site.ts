import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { parse } from 'yaml';
import { readGuides } from '../guides/index.ts';
import { contentSecurityPolicy } from '../page/csp.ts';
import { pageHtml } from '../page/html.ts';
import { type Document, describe } from '../reference/description.ts';
import { editBundle } from '../reference/bundle-edits.ts';
import { redocOptions } from '../reference/options.ts';
import { loadReference } from '../reference/redoc.ts';
import { routesOf } from '../reference/routes.ts';
import { readSamples } from '../samples/index.ts';
import { addressOf } from './address.ts';
import { hashed, type SiteFile } from './assets.ts';
import { bundleForBrowser } from './bundle.ts';
import { accessibleHtml } from '../page/accessible.ts';

export async function buildSite({ spec, out, address: text }: { spec: string; out: string; address: string }): Promise<void> {
  const address = addressOf(text);
  const source = await readFile(spec, 'utf8');
  const [guides, samples] = await Promise.all([readGuides(), readSamples()]);
  const resolve = (target: string) => target;
  const definition = describe(parse(source) as Document, { guides, samples, resolve });
  const options = redocOptions(address);
  const reference = await loadReference(definition, options);
  const routes = routesOf(reference.menu);
  const bodies = new Map(routes.map((route) => [route, accessibleHtml(reference.render(route.link))]));
  const theme = await readFile(new URL('../theme/theme.css', import.meta.url), 'utf8');
  const assets = {
    style: hashed('assets/style.css', `${reference.css()}\n${theme}`),
    script: hashed('assets/start.js', await bundleForBrowser()),
    redoc: hashed('assets/redoc.js', editBundle(await readFile(new URL(import.meta.resolve('redoc/bundles/redoc.standalone.js')), 'utf8'))),
    reference: hashed('assets/reference.json', JSON.stringify({ definition, options })),
    icon: hashed('assets/icon.svg', await readFile(new URL('../theme/icon.svg', import.meta.url))),
  };
  const at = (file: SiteFile) => address.base + file.path;
  const csp = contentSecurityPolicy([...bodies.values()]);
  const files: SiteFile[] = Object.values(assets);
  for (const [route, body] of bodies) {
    const path = route.path === '' ? 'index.html' : `${route.path}/index.html`;
    files.push({ path, content: pageHtml({
      title: route.title, siteTitle: definition.info.title, description: route.title, body, noscript: '',
      canonical: address.url && address.url + (route.path && `${route.path}/`), image: undefined, csp,
      markdown: `${address.base}${route.path || 'index'}.md`,
      assets: { style: at(assets.style), script: at(assets.script), redoc: at(assets.redoc), reference: at(assets.reference), icon: at(assets.icon) },
    }) });
  }
  await rm(out, { recursive: true, force: true });
  for (const { path, content } of files) {
    await mkdir(dirname(join(out, path)), { recursive: true });
    await writeFile(join(out, path), content);
  }
}
