import type { RootContent } from 'mdast';
import { type JsonObject, listIn, objectIn, textIn } from './openapi.ts';
import { code, heading } from './render.ts';

/** The samples that an operation carries, as `x-codeSamples` has them. */
export function codeSamplesSection(operation: JsonObject, depth: number): RootContent[] {
  const samples = listIn(operation['x-codeSamples'] ?? operation['x-code-samples']).map(objectIn);
  if (samples.length === 0) return [];
  return [
    heading(depth, 'Code samples'),
    ...samples.flatMap(({ lang, label, source }) => [
      heading(depth + 1, textIn(label) || textIn(lang)),
      // Indentation of a first line matters: no trimming here.
      code(String(source ?? ''), infoString(textIn(lang))),
    ]),
  ];
}

/** A fence names its language in one word of lower case, where samples say `C#` or `Shell`. */
function infoString(lang: string): string {
  return lang.toLowerCase().replace('c#', 'csharp').replace('c++', 'cpp').replace(/\s.*/, '');
}
