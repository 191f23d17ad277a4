import type { Guide } from '../content/guides.ts';
import type { Sample } from '../content/samples.ts';
import { convertHeadings, type ResolveLink, replaceLinks } from './guide-markdown.ts';
import { withSchemaExamples } from './schema-examples.ts';

/** The parts of an OpenAPI document that the site reads. */
export type Document = Record<string, unknown> & {
  readonly info: {
    readonly title: string;
    readonly version: string;
    readonly summary?: string;
    readonly 'x-logo'?: object;
  };
  readonly paths?: Readonly<Record<string, object>>;
  readonly tags?: readonly Tag[];
  readonly components?: { readonly schemas?: Readonly<Record<string, unknown>> };
};

interface Tag {
  readonly name: string;
}

/** The name of the tag that lists the schemas. It is the menu group of their pages and a part of their URLs. */
export const SCHEMAS = 'Schemas';

/** The content that the site adds to the spec. */
export interface Additions {
  readonly guides: readonly Guide[];
  readonly samples: readonly Sample[];
  readonly resolve: ResolveLink;
  /** The URL of the logo, and the URL that it links to. */
  readonly logo: { readonly url: string; readonly href: string; readonly altText: string };
}

/**
 * Returns the description that Redoc renders: the spec with code samples, and with each guide as a tag. As tags, the
 * guides become pages in Redoc's menu and search.
 *
 * @example
 * const document = describe(spec, { guides: await readGuides(), samples: await readSamples(), resolve, logo });
 */
export function describe(spec: Document, { guides, samples, resolve, logo }: Additions): Document {
  const tags = spec.tags ?? [];
  return {
    ...withSchemaExamples(withExampleSummaries(withCodeSamples(spec, samples))),
    info: { ...spec.info, 'x-logo': logo },
    tags: [...guides.map((guide) => guideTag(guide, resolve)), ...tags],
    'x-tagGroups': [
      { name: 'Guides', tags: guides.map(({ slug }) => slug) },
      { name: 'Reference', tags: [...tags.map(({ name }) => name), SCHEMAS] },
    ],
  };
}

/**
 * Returns the tag for a guide. Redoc renders such a tag as a separate page without operations.
 *
 * @example
 * guideTag(guide, (target) => target).name; // 'get-started'
 */
function guideTag({ slug, title, markdown }: Guide, resolve: ResolveLink): { name: string; description: string } {
  // Redoc renders the display name of the tag as the heading.
  const text = markdown.replace(/^# .*\n+/, '');
  return {
    name: slug,
    ...{ 'x-displayName': title, 'x-traitTag': true },
    description: convertHeadings(replaceLinks(text, resolve)),
  };
}

/** An operation with `x-codeSamples`, which Redoc shows before the samples that it generates. */
interface OperationObject {
  readonly operationId?: string;
  'x-codeSamples'?: { lang: string; label: string; source: string }[];
}

/**
 * Returns a copy of the document with each sample in the `x-codeSamples` of its operation.
 *
 * @throws Error if a sample belongs to an operation that the document does not have.
 * @example
 * const document = withCodeSamples(parse(text), await readSamples());
 */
export function withCodeSamples<T extends object>(document: T, samples: readonly Sample[]): T {
  const copy = structuredClone(document);
  const operations = new Map(operationsOf(copy).map((operation) => [operation.operationId, operation]));
  for (const { operationId, file, lang, label, source } of samples) {
    const operation = operations.get(operationId);
    if (operation === undefined) {
      throw new Error(
        `samples/${file}: the description has no operation ${operationId}. Rename the folder to an operation ID.`,
      );
    }
    operation['x-codeSamples'] = [...(operation['x-codeSamples'] ?? []), { lang, label, source }];
  }
  return copy;
}

function operationsOf(document: { paths?: Readonly<Record<string, object>> }): OperationObject[] {
  return Object.values(document.paths ?? {})
    .flatMap((item) => Object.values(item))
    .filter((member) => typeof member === 'object' && member !== null);
}

/**
 * Returns the document with each example reference that has a `summary` replaced by the example with that summary.
 * Redoc ignores a summary beside `$ref`, so two references to the same example would have the same name.
 *
 * @example
 * const document = withExampleSummaries(spec);
 */
export function withExampleSummaries<T extends object>(document: T): T {
  const visit = (node: unknown): unknown => {
    if (Array.isArray(node)) return node.map(visit);
    if (typeof node !== 'object' || node === null) return node;
    const { $ref, summary, ...rest } = node as Record<string, unknown>;
    if (typeof $ref === 'string' && typeof summary === 'string' && $ref.startsWith('#/components/examples/')) {
      return { ...(resolve(document, $ref) as object), summary, ...rest };
    }
    return Object.fromEntries(Object.entries(node).map(([name, member]) => [name, visit(member)]));
  };
  return visit(document) as T;
}

function resolve(document: object, ref: string): unknown {
  const names = ref.slice(2).split('/');
  return names.reduce<unknown>((node, name) => (node as Record<string, unknown> | undefined)?.[name], document);
}
