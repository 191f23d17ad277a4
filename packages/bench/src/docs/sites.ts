import { execFile } from 'node:child_process';
import { copyFile, cp, readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

/** An API reference that is built from the spec, as a folder for a static host. */
export interface Site {
  readonly name: string;
  /** Writes the files of the reference. The folder already contains the spec as `openapi.yaml`. */
  write(folder: string): Promise<void>;
}

/** The name of our site, which has budgets. */
export const OUR_SITE = 'FirstOfficer';

/**
 * Returns the API references to measure: ours and the others.
 *
 * @param built - The folder of our built site.
 */
export function listSites(built: string): Site[] {
  const ours: Site = { name: OUR_SITE, write: (folder) => cp(built, folder, { recursive: true }) };
  return [ours, redoc, redocInline, scalar, elements, rapidoc, swaggerUi];
}

const REDOCLY = fileURLToPath(import.meta.resolve('@redocly/cli/bin/cli.js'));
const REDOC_SCRIPT = import.meta.resolve('@redocly/cli/lib/chunks/redoc.standalone.js');

/** The page that `build-docs` writes without options. Its script comes from the same host instead of a CDN. */
const redoc: Site = {
  name: 'Redoc',
  async write(folder) {
    const html = await buildRedoc(folder);
    const local = html.replaceAll(/https:\/\/[^"]+\/redoc\.standalone\.js/g, '/redoc.standalone.js');
    if (local === html)
      throw new Error('The page of Redoc does not contain the expected script URL. Adapt the pattern in sites.ts.');
    await writePage(folder, local, [REDOC_SCRIPT]);
  },
};

/** The page that `build-docs` writes with the script in the same file. */
const redocInline: Site = {
  name: 'Redoc inlined',
  async write(folder) {
    await writePage(folder, await buildRedoc(folder, '--inlineBundle'), []);
  },
};

async function buildRedoc(folder: string, ...options: readonly string[]): Promise<string> {
  const page = join(folder, 'index.html');
  // The folder contains no Redocly configuration, so the command uses its defaults, except that its telemetry is off.
  await promisify(execFile)(process.execPath, [REDOCLY, 'build-docs', 'openapi.yaml', '--output', page, ...options], {
    cwd: folder,
    env: { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_NOTIFICATIONS: 'true' },
  });
  const html = await readFile(page, 'utf8');
  // The command also disabled the telemetry of the page. Restore the default, which readers would get.
  return html.replace('"disableTelemetry":true', '"disableTelemetry":false');
}

const SCALAR_PAGE = `<!doctype html>
<html>
  <head>
    <title>Scalar API Reference</title>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
  </head>
  <body>
    <div id="app"></div>
    <script src="standalone.js"></script>
    <script>
      Scalar.createApiReference('#app', { url: '/openapi.yaml' })
    </script>
  </body>
</html>
`;

// The package does not export this file, because it is for CDNs.
const SCALAR_SCRIPT = new URL('browser/standalone.js', import.meta.resolve('@scalar/api-reference'));

/** The page in the README of Scalar, without the proxy. */
const scalar = createSite('Scalar', SCALAR_PAGE, [SCALAR_SCRIPT.href]);

const ELEMENTS_PAGE = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1, shrink-to-fit=no">
    <title>Elements in HTML</title>
    <script src="web-components.min.js"></script>
    <link rel="stylesheet" href="styles.min.css">
  </head>
  <body>
    <elements-api apiDescriptionUrl="/openapi.yaml" router="hash" layout="sidebar" />
  </body>
</html>
`;

/** The page with the web component in the documentation of Elements. */
const elements = createSite('Stoplight Elements', ELEMENTS_PAGE, [
  import.meta.resolve('@stoplight/elements/web-components.min.js'),
  import.meta.resolve('@stoplight/elements/styles.min.css'),
]);

const RAPIDOC_PAGE = `<!doctype html>
<html>
  <head>
    <meta charset="utf-8">
    <script type="module" src="rapidoc-min.js"></script>
  </head>
  <body>
    <rapi-doc spec-url="/openapi.yaml"></rapi-doc>
  </body>
</html>
`;

/** The first example page in the documentation of RapiDoc. */
const rapidoc = createSite('RapiDoc', RAPIDOC_PAGE, [import.meta.resolve('rapidoc/dist/rapidoc-min.js')]);

const SWAGGER_UI = new URL('./', import.meta.resolve('swagger-ui-dist/index.html'));

const SWAGGER_FILES = [
  'swagger-ui.css',
  'index.css',
  'favicon-32x32.png',
  'favicon-16x16.png',
  'swagger-ui-bundle.js',
  'swagger-ui-standalone-preset.js',
].map((name) => new URL(name, SWAGGER_UI).href);

/** The folder that the package distributes, with the URL of the spec in its initializer. */
const swaggerUi: Site = {
  name: 'Swagger UI',
  async write(folder) {
    await writePage(folder, await readSwaggerUi('index.html'), SWAGGER_FILES);
    const initializer = await readSwaggerUi('swagger-initializer.js');
    await writeFile(
      join(folder, 'swagger-initializer.js'),
      initializer.replace('https://petstore.swagger.io/v2/swagger.json', '/openapi.yaml'),
    );
  },
};

function readSwaggerUi(name: string): Promise<string> {
  return readFile(new URL(name, SWAGGER_UI), 'utf8');
}

function createSite(name: string, html: string, files: readonly string[]): Site {
  return { name, write: (folder) => writePage(folder, html, files) };
}

/** Writes a page to a folder and copies the files that it loads, given as `file:` URLs, into the same folder. */
async function writePage(folder: string, html: string, files: readonly string[]): Promise<void> {
  await Promise.all([
    writeFile(join(folder, 'index.html'), html),
    ...files.map((url) => fileURLToPath(url)).map((file) => copyFile(file, join(folder, basename(file)))),
  ]);
}
