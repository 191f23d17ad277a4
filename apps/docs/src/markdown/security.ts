import type { Phrase } from './constraints.ts';
import { listIn, objectIn } from './openapi.ts';
import { inlineCode, joined } from './render.ts';

/** Which schemes a request must meet: alternatives, each of which may ask for several at once. */
export function requirements(security: unknown): Phrase {
  const alternatives = listIn(security).map(objectIn);
  if (alternatives.length === 0) return ['none'];
  return joined(
    alternatives.map((schemes) => {
      const names = Object.entries(schemes).map(([name, scopes]) => [inlineCode(name), ...scopesOf(scopes)]);
      return names.length === 0 ? ['none'] : joined(names, ' and ');
    }),
    ', or ',
  );
}

function scopesOf(scopes: unknown): Phrase {
  const names = listIn(scopes).map((scope) => [inlineCode(String(scope))]);
  return names.length === 0 ? [] : [' (', ...joined(names, ', '), ')'];
}
