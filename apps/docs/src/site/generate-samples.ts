import { asObject, type Description, type Operation } from '@firstofficer/openapi';
import { buildRequest, type OperationForm } from '../browser/try-it/form.ts';
import { renderSnippets } from '../browser/try-it/snippets.ts';
import type { Sample } from '../content/samples.ts';
import { buildForms } from './try-it-forms.ts';

/**
 * Generates samples for the operations that have none: the request that Try it begins with, in each language.
 *
 * @param samples - The samples that exist already.
 * @example
 * generateSamples(await loadDescription('openapi.yaml'), []).map(({ lang }) => lang); // ['cURL', 'TypeScript', …]
 */
export function generateSamples(
  description: Pick<Description, 'document' | 'operations'>,
  samples: readonly Pick<Sample, 'operationId'>[],
): Sample[] {
  const isMissing = ({ id, definition }: Operation) => {
    const { 'x-codeSamples': own, 'x-code-samples': older } = asObject(definition);
    return own === undefined && older === undefined && !samples.some(({ operationId }) => operationId === id);
  };
  const missing = new Set(description.operations.filter(isMissing).map(({ id }) => id));
  return buildForms(description).flatMap((form) => (missing.has(form.id) ? generateSamplesOf(form) : []));
}

function generateSamplesOf(form: OperationForm): Sample[] {
  const [media] = form.body?.mediaTypes ?? [];
  const fields = Object.fromEntries(form.fields.map(({ key, initial }) => [key, initial]));
  const body = media?.choices[0]?.value ?? '';
  const request = buildRequest(form, { fields, mediaType: media?.name ?? '', body, prefer: '' });
  const { id: operationId, server, security, keyVariable: variable } = form;
  return renderSnippets({ ...request, server, security, variable }).map(({ label, code }) => ({
    operationId,
    topic: '',
    title: 'Request',
    lang: label,
    label,
    source: code,
    file: '',
  }));
}
