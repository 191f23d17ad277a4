import type { Guide } from '../guides/index.ts';
import { type Sample, withCodeSamples } from '../samples/index.ts';
import { withExampleSummaries } from './example-summaries.ts';
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
