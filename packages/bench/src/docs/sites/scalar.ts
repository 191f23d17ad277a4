import { writePage } from '../assets.ts';
import type { Site } from '../site.ts';

const PAGE = `<!doctype html>
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
const SCRIPT = new URL('browser/standalone.js', import.meta.resolve('@scalar/api-reference'));

/** The page from its README, without the proxy. */
export const scalar: Site = {
  name: 'Scalar',
  write: (folder) => writePage(folder, PAGE, [SCRIPT.href]),
};
