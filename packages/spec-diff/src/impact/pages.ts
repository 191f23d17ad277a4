import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { renderReferencePages } from '@firstofficer/docs/markdown';
import { asObject } from '@firstofficer/openapi';
import { isObject } from '../objects.ts';
import type { Difference } from './differences.ts';
import { diffTexts, findMarkdownHeading, type TextDiff } from './text-diff.ts';
import type { Documents } from './words.ts';

/** How a page of the docs changes. */
export interface PageChange {
  readonly title: string;
  readonly kind: 'added' | 'removed' | 'changed';
  readonly diff: TextDiff;
}

/** Compares the reference pages of both descriptions, as Markdown. */
export function comparePages({ base, revision }: Documents): PageChange[] {
  const [before, after] = [renderPages(base), renderPages(revision)];
  return [...new Set([...after.keys(), ...before.keys()])].flatMap((key) => {
    const [old, now] = [before.get(key), after.get(key)];
    const diff = diffTexts(old?.markdown ?? '', now?.markdown ?? '', findMarkdownHeading);
    if (!diff) return [];
    return [{ title: (now ?? old)?.title ?? key, kind: old ? (now ? 'changed' : 'removed') : 'added', diff }];
  });
}

function renderPages(document: unknown) {
  const pages = renderReferencePages(asObject(document)).map(({ kind, name, markdown }) => {
    const [, heading = name] = /^# (.*)/.exec(markdown) ?? [];
    const title = {
      introduction: 'Introduction',
      tag: `${heading} (tag)`,
      operation: heading,
      schema: `${heading} (schema)`,
    };
    // Only the version of every other release differs.
    return [`${kind} ${name}`, { title: title[kind], markdown: markdown.replace(/^[-*] Version: .*\n/m, '') }] as const;
  });
  return new Map(pages);
}

/** A file for readers that mentions a name which the revision no longer has. */
export interface Mention {
  /** The path relative to the root of the repository. */
  readonly file: string;
  readonly line: number;
  readonly name: string;
}

const ROOT = join(import.meta.dirname, '../../../..');
const FOLDERS = ['apps/docs/guides', 'apps/docs/samples'];

/** Finds the names that a revision no longer has in the guides and the code samples, which are written by hand. */
export async function findMentions(differences: readonly Difference[], revision: unknown): Promise<Mention[]> {
  const names = new Set(differences.flatMap(listRemovedNames).filter((name) => !hasName(revision, name)));
  if (names.size === 0) return [];
  const files = await Promise.all(
    FOLDERS.map((folder) => readdir(join(ROOT, folder), { recursive: true, withFileTypes: true })),
  );
  const mentions = files.flat().map(async (entry): Promise<Mention[]> => {
    if (!entry.isFile() || entry.name.startsWith('.')) return [];
    const path = join(entry.parentPath, entry.name);
    const lines = (await readFile(path, 'utf8')).split('\n');
    const file = relative(ROOT, path).replaceAll('\\', '/');
    return [...names].flatMap((name) => {
      const line = lines.findIndex((text) => text.split(/[^\w-]+/).includes(name));
      return line < 0 ? [] : [{ file, line: line + 1, name }];
    });
  });
  return (await Promise.all(mentions)).flat().sort((a, b) => (a.file < b.file ? -1 : 1));
}

function listRemovedNames({ path, before, after }: Difference): string[] {
  const [container = '', name = ''] = path.slice(-2);
  if (name === 'operationId' && typeof before === 'string') return [before];
  if (after !== undefined) return [];
  if (container === 'properties' || container === 'headers') return [name];
  if (container === 'parameters' && isObject(before) && typeof before.name === 'string') return [before.name];
  return [];
}

/** Returns whether a description still has a member, parameter, header or operation of this name. */
function hasName(value: unknown, name: string): boolean {
  if (Array.isArray(value)) return value.some((item) => hasName(item, name));
  if (!isObject(value)) return false;
  if (value.name === name || value.operationId === name) return true;
  const isNamed = (['properties', 'headers'] as const).some((kind) => isObject(value[kind]) && name in value[kind]);
  return isNamed || Object.values(value).some((member) => hasName(member, name));
}
