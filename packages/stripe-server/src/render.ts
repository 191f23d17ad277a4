import { StripeResponseError } from './errors.ts';
import { isStripeObject, type StripeObject } from './objects.ts';
import { findResource } from './resources.ts';
import type { Entry, Store } from './store.ts';

interface CachedJson {
  readonly entry: Entry;
  readonly version: number;
  readonly expand: string;
  readonly json: Buffer;
}

/**
 * Renders objects as JSON, with expanded members. Keeps the JSON of each object until an object changes, as bytes, because
 * large pages are sent faster then.
 */
export class Renderer {
  readonly #store: Store;
  readonly #cache = new Map<string, CachedJson>();

  constructor(store: Store) {
    this.#store = store;
  }

  /** Returns the JSON of an entry. */
  render(entry: Entry, paths: readonly string[]): Buffer {
    const expand = paths.join(' ');
    const cached = this.#cache.get(entry.id);
    const { version } = this.#store;
    if (cached?.entry === entry && cached.version === version && cached.expand === expand) return cached.json;
    const json = Buffer.from(JSON.stringify(this.build(entry, paths)));
    this.#cache.set(entry.id, { entry, version, expand, json });
    return json;
  }

  /** Returns an entry as Stripe returns it. */
  build(entry: Entry, paths: readonly string[]): StripeObject {
    if (entry.isDeleted) return { id: entry.id, object: entry.type, deleted: true };
    return this.#expand(entry.object, paths);
  }

  #expand(object: StripeObject, paths: readonly string[]): StripeObject {
    const resource = findResource(object.object);
    const members: Record<string, unknown> = {};
    for (const member of resource?.hidden ?? []) members[member] = undefined;
    for (const [member, size] of Object.entries(resource?.nested ?? {})) {
      const isHidden = resource?.expandable.includes(member) ?? false;
      if (!isHidden && object[member] !== undefined) members[member] = this.#store.embed(object, member, size);
    }
    for (const [member, rest] of groupPaths(paths)) {
      if (!resource?.expandable.includes(member)) throw cannotExpand(member);
      const size = resource.nested?.[member];
      members[member] =
        size === undefined ? this.#expandMember(object[member], rest) : this.#store.embed(object, member, size);
    }
    return Object.assign({}, object, members);
  }

  #expandMember(value: unknown, paths: readonly string[]): unknown {
    const entry = typeof value === 'string' ? this.#store.find(value) : undefined;
    if (entry) return this.build(entry, paths);
    return isStripeObject(value) ? this.#expand(value, paths) : value;
  }
}

/** Groups paths such as `charge.customer` by their first member. */
function groupPaths(paths: readonly string[]): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const path of paths) {
    const [member = '', ...rest] = path.split('.');
    const group = groups.get(member) ?? [];
    groups.set(member, rest.length > 0 ? [...group, rest.join('.')] : group);
  }
  return groups;
}

/** Returns the paths of a list without the leading `data`. Throws if a path does not begin with it. */
export function readListPaths(paths: readonly string[]): string[] {
  return paths.map((path) => {
    if (path.startsWith('data.')) return path.slice('data.'.length);
    throw cannotExpand(path, `data.${path}`);
  });
}

function cannotExpand(member: string, hint?: string): StripeResponseError {
  const help = hint === undefined ? '' : ` You may want to try expanding '${hint}' instead.`;
  return new StripeResponseError(400, `This property cannot be expanded (${member}).${help}`);
}
