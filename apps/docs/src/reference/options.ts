import { FILES } from '../publish/index.ts';
import type { Sample } from '../samples/index.ts';
import type { Address } from '../site/address.ts';
import { SCHEMAS } from './description.ts';
import type { RedocOptions } from './redoc.ts';

/** What readers can download, in the order of the menu. */
const DOWNLOADS = [
  { title: 'OpenAPI (YAML)', file: FILES.yaml },
  { title: 'OpenAPI (JSON)', file: FILES.json },
  { title: 'Postman collection', file: FILES.collection },
];

/**
 * Redoc's options for a site at an address.
 *
 * @example
 * const options = redocOptions(addressOf('/'), await readSamples());
 */
export function redocOptions({ base }: Address, samples: readonly Pick<Sample, 'label'>[]): RedocOptions {
  return {
    router: 'history',
    basePath: base === '/' ? '/' : base.slice(0, -1),
    schemaDefinitionsTagName: SCHEMAS,
    // Redoc shows one sample a language, knows a few languages, and calls a language what the label of a sample says.
    codeSamples: {
      languages: [...new Set(samples.map(({ label }) => label))].map((label) => ({ lang: label, label })),
    },
    downloadUrls: DOWNLOADS.map(({ title, file }) => ({ title, url: base + file })),
    // Enough for the longest value that the API has, an object in an object.
    jsonSamplesExpandLevel: 4,
    schemasExpansionLevel: 2,
    skipBundle: true,
    disableTelemetry: true,
  };
}
