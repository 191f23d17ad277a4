import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writePage } from '../assets.ts';
import type { Site } from '../site.ts';

const DISTRIBUTION = new URL('./', import.meta.resolve('swagger-ui-dist/index.html'));

const FILES = [
  'swagger-ui.css',
  'index.css',
  'favicon-32x32.png',
  'favicon-16x16.png',
  'swagger-ui-bundle.js',
  'swagger-ui-standalone-preset.js',
].map((name) => new URL(name, DISTRIBUTION).href);

/** The distributed folder, with the URL of the spec in its initializer. */
export const swaggerUi: Site = {
  name: 'Swagger UI',
  async write(folder) {
    await writePage(folder, await read('index.html'), FILES);
    const initializer = await read('swagger-initializer.js');
    await writeFile(
      join(folder, 'swagger-initializer.js'),
      initializer.replace('https://petstore.swagger.io/v2/swagger.json', '/openapi.yaml'),
    );
  },
};

function read(name: string): Promise<string> {
  return readFile(new URL(name, DISTRIBUTION), 'utf8');
}
