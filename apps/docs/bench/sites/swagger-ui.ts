import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writePage } from '../assets.ts';
import type { Site } from '../site.ts';

const FILES = [
  'swagger-ui.css',
  'index.css',
  'favicon-32x32.png',
  'favicon-16x16.png',
  'swagger-ui-bundle.js',
  'swagger-ui-standalone-preset.js',
];

/** The folder that it is distributed as, led to the spec. */
export const swaggerUi: Site = {
  name: 'Swagger UI',
  async write(folder) {
    const own = (file: string) =>
      readFile(fileURLToPath(new URL(`../../node_modules/swagger-ui-dist/${file}`, import.meta.url)), 'utf8');
    const files = FILES.map((file) => `swagger-ui-dist/${file}`);
    await writePage(folder, await own('index.html'), files);
    const initializer = await own('swagger-initializer.js');
    await writeFile(
      join(folder, 'swagger-initializer.js'),
      initializer.replace('https://petstore.swagger.io/v2/swagger.json', '/openapi.yaml'),
    );
  },
};
