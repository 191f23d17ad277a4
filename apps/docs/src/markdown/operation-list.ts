import type { RootContent } from 'mdast';
import { type FoundOperation, operationTitle } from './find-operation.ts';
import { inlineCode, list } from './render.ts';

/** Operations by method, path and title. */
export function operationList(operations: readonly FoundOperation[]): RootContent[] {
  return list(operations.map((found) => [inlineCode(`${found.method} ${found.path}`), ` — ${operationTitle(found)}`]));
}
