import type { JsonSchema, Operation } from '@firstofficer/openapi';
import type { ListHints } from './hints.ts';
import type { Property } from './property.ts';

/**
 * How certain it is what a name means: a hint says it (`hint`), names and types leave no doubt (`certain`), or it is only
 * likely (`inferred`).
 */
export type Evidence = 'hint' | 'certain' | 'inferred';

/** What the parts of a list are read from. */
export interface ListSource {
  readonly document: object;
  readonly operation: Operation;
  readonly hints: ListHints;
  readonly properties: ReadonlyMap<string, Property>;
  readonly itemSchemas: readonly JsonSchema[];
  /** The schemas of the whole body. */
  readonly body: readonly JsonSchema[];
  readonly response: object & { readonly headers?: Readonly<Record<string, object>> };
  readonly id: string | undefined;
}
