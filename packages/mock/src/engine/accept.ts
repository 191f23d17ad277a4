/** A media type or a range of media types, such as `text/*;q=0.5`. The texts are in lowercase. */
interface MediaRange {
  readonly type: string;
  readonly subtype: string;
  /** The parameters before `q`, by name. */
  readonly parameters: ReadonlyMap<string, string>;
  /** The quality, 0 to 1. */
  readonly quality: number;
}

/** A documented content type that the client accepts. */
export interface AcceptedType {
  /** The content type as documented. It may be a range, such as `image/*`. */
  readonly documented: string;
  /** The content type to send. It is a range only if the client accepts the whole documented range. */
  readonly mediaType: string;
}

/**
 * Returns the documented content type that a client prefers, as Prism does: by quality, then by how specific the range
 * is, then by the order of the header.
 *
 * Without an `Accept` header, or if no part of it can be parsed, this is JSON if it is documented, else the first one. A
 * range with parameters that no content type has also accepts the content type without them.
 *
 * @returns undefined if the client accepts none of them.
 */
export function chooseMediaType(accept: string | undefined, documented: readonly string[]): AcceptedType | undefined {
  const ranges = accept === undefined ? [] : parseRanges(accept);
  if (ranges.length === 0) {
    const type = documented.find((name) => /^application\/json *(;|$)/i.test(name)) ?? documented[0];
    return type === undefined ? undefined : { documented: type, mediaType: type };
  }
  const withoutParameters = ranges.map((range): MediaRange => ({ ...range, parameters: new Map() }));
  return choosePreferred(ranges, documented) ?? choosePreferred(withoutParameters, documented);
}

interface Candidate extends AcceptedType {
  readonly quality: number;
  readonly specificity: number;
  /** The position of the range in the header. */
  readonly position: number;
}

function choosePreferred(ranges: readonly MediaRange[], documented: readonly string[]): AcceptedType | undefined {
  const candidates = documented.flatMap((name): Candidate[] => {
    const [type] = parseRanges(name);
    // The most specific range decides about a content type.
    const [best] = ranges
      .flatMap((range, position): Candidate[] => {
        const specificity = type && computeSpecificity(range, type);
        if (specificity === undefined) return [];
        return [{ documented: name, mediaType: narrow(name, range), quality: range.quality, specificity, position }];
      })
      .toSorted((a, b) => b.specificity - a.specificity || b.quality - a.quality || b.position - a.position);
    return best && best.quality > 0 ? [best] : [];
  });
  const [preferred] = candidates.toSorted(
    (a, b) => b.quality - a.quality || b.specificity - a.specificity || a.position - b.position,
  );
  return preferred && { documented: preferred.documented, mediaType: preferred.mediaType };
}

/** Returns how exactly a range of the header describes a documented content type; undefined if it does not include it. */
function computeSpecificity(range: MediaRange, documented: MediaRange): number | undefined {
  const isSame = (name: 'type' | 'subtype') => range[name] === documented[name];
  const isIncluded = (name: 'type' | 'subtype') => isSame(name) || range[name] === '*' || documented[name] === '*';
  if (!isIncluded('type') || !isIncluded('subtype')) return undefined;
  const parameters = [...range.parameters];
  if (parameters.some(([name, value]) => value !== '*' && documented.parameters.get(name) !== value)) return undefined;
  return (isSame('type') ? 4 : 0) + (isSame('subtype') ? 2 : 0) + (parameters.length > 0 ? 1 : 0);
}

/** Returns the type to send for a documented one: if this is a range, the narrower one of both. */
function narrow(documented: string, { type, subtype }: MediaRange): string {
  return documented.includes('*') && type !== '*' && subtype !== '*' ? `${type}/${subtype}` : documented;
}

/** Parses a list of media types. Parts that are not media types are left out. */
function parseRanges(list: string): MediaRange[] {
  return (list.match(/(?:[^,"]|"(?:[^"\\]|\\.)*"?)+/g) ?? []).flatMap((text): MediaRange[] => {
    const [name = '', ...pairs] = text.match(/(?:[^;"]|"(?:[^"\\]|\\.)*"?)+/g) ?? [];
    const [, type, subtype] = /^\s*([^\s/;]+)\/([^\s;]+)\s*$/.exec(name.toLowerCase()) ?? [];
    if (type === undefined || subtype === undefined) return [];
    const entries = pairs.map((pair): [string, string] => {
      const [key = '', ...value] = pair.split('=');
      return [
        key.trim().toLowerCase(),
        value
          .join('=')
          .trim()
          .replace(/^"(.*)"$/, '$1')
          .toLowerCase(),
      ];
    });
    // Parameters after the quality are not part of the range.
    const end = entries.findIndex(([key]) => key === 'q');
    const quality = end < 0 ? 1 : Number.parseFloat(entries[end]?.[1] ?? '');
    const parameters = new Map(end < 0 ? entries : entries.slice(0, end));
    return Number.isNaN(quality) ? [] : [{ type, subtype, parameters, quality }];
  });
}
