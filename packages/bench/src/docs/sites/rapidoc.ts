import { writePage } from '../assets.ts';
import type { Site } from '../site.ts';

const PAGE = `<!doctype html>
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

/** The first page of its documentation. */
export const rapidoc: Site = {
  name: 'RapiDoc',
  write: (folder) => writePage(folder, PAGE, [import.meta.resolve('rapidoc/dist/rapidoc-min.js')]),
};
