import type { Guide } from '../guides/index.ts';
import { type Sample, withCodeSamples } from '../samples/index.ts';
import { withExampleSummaries } from './example-summaries.ts';
import { headingsAsHtml, type ResolveLink, withLinks } from './guide-markdown.ts';
import { withSchemaExamples } from './schema-examples.ts';

/** An OpenAPI document, as far as it matters here. */
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

/** The name of the tag that lists the schemas: the group of their pages, and a part of their addresses. */
export const SCHEMAS = 'Schemas';

/** What the site adds to the spec. */
export interface Additions {
  readonly guides: readonly Guide[];
  readonly samples: readonly Sample[];
  readonly resolve: ResolveLink;
  /** An address of the logo, and where it leads. */
  readonly logo: { readonly url: string; readonly href: string; readonly altText: string };
}

/**
 * The description as Redoc renders it: the spec, with the code samples in its operations and each guide as a tag, which
 * makes guides pages of the same site, found by the same search.
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
 * A guide as the tag by which Redoc shows it: a page of its own that documents no operation.
 *
 * @example
 * guideTag(guide, (target) => target).name; // 'get-started'
 */
function guideTag(
  { slug, title, markdown }: Guide,
  resolve: ResolveLink,
): { name: string; description: string } {
  // The tag's name is the title.
  const text = markdown.replace(/^# .*\n+/, '');
  return {
    name: slug,
    ...{ 'x-displayName': title, 'x-traitTag': true },
    description: headingsAsHtml(withLinks(text, resolve)),
  };
}
