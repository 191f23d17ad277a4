import { writePage } from '../assets.ts';
import type { Site } from '../site.ts';

const PAGE = `<!doctype html>
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

const FILES = [
  import.meta.resolve('@stoplight/elements/web-components.min.js'),
  import.meta.resolve('@stoplight/elements/styles.min.css'),
];

/** The page with the web component from its documentation. */
export const elements: Site = {
  name: 'Stoplight Elements',
  write: (folder) => writePage(folder, PAGE, FILES),
};
