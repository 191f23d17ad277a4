import { readFile } from 'node:fs/promises';
import { type JsonObject, loadDescription } from '@firstofficer/openapi';
import type { Nodes, RootContent } from 'mdast';
import { toString as toPlainText } from 'mdast-util-to-string';
import postman, { type Item } from 'postman-collection';
import { parse } from 'yaml';
import { renderReferencePages } from '../src/markdown/reference-pages.ts';
import { parseMarkdown } from '../src/markdown/render.ts';

const SPEC = new URL(import.meta.resolve('@firstofficer/spec/openapi.yaml'));
/** A description with a list, a create and a delete. */
export const NOTES = new URL(import.meta.resolve('@firstofficer/spec/test/notes.openapi.yaml'));

/** A description with a deprecated operation, parameters, members and headers. */
export const DEPRECATIONS = new URL(import.meta.resolve('@firstofficer/spec/test/deprecations.openapi.yaml'));

async function readYaml(file: URL): Promise<JsonObject> {
  return parse(await readFile(file, 'utf8')) as JsonObject;
}

/** The description of the API. */
export const spec = await readYaml(SPEC);
/** The description of the API with its references resolved. */
export const description = await loadDescription(SPEC);

/** {@link NOTES}, as it is written. */
export const notes = await readYaml(NOTES);

/** A description with many features of OpenAPI. */
export const kitchenSink = await readYaml(new URL('kitchen-sink.yaml', import.meta.url));

/** Parses a page of the reference, by its kind and name. */
export function readReferencePage(document: JsonObject, kind: string, name = '') {
  const page = renderReferencePages(document).find((other) => other.kind === kind && other.name === name);
  if (!page) throw new Error(`There is no page of the ${kind} ${name}.`);
  return readPage(page.markdown);
}

/** Parses a page of Markdown. */
export function readPage(markdown: string) {
  const root = parseMarkdown(markdown);
  return {
    /** Each heading as depth and text. */
    headings: root.children.flatMap((node) => (node.type === 'heading' ? [[node.depth, toPlainText(node)]] : [])),
    /** Every table as rows of plain text. */
    tables: root.children.flatMap((node) => (node.type === 'table' ? [readRows(node)] : [])),
    /** Every fenced block as language and text. */
    blocks: root.children.flatMap((node) => (node.type === 'code' ? [[node.lang, node.value]] : [])),
    /** Every list item as plain text. */
    items: root.children.flatMap((node) =>
      node.type === 'list' ? node.children.map((item) => toPlainText(item)) : [],
    ),
    paragraphs: root.children.flatMap((node) => (node.type === 'paragraph' ? [toPlainText(node)] : [])),
    links: listLinks(root),
  };
}

function readRows(table: Extract<RootContent, { type: 'table' }>): string[][] {
  return table.children.map((row) => row.children.map((cell) => toPlainText(cell, { includeHtml: true })));
}

function listLinks(node: Nodes): string[] {
  const own = node.type === 'link' ? [node.url] : [];
  return 'children' in node ? [...own, ...node.children.flatMap(listLinks)] : own;
}

/** Parses a collection with Postman's own library. */
export function importCollection(source: object) {
  const collection = new postman.Collection(structuredClone(source));
  const items: Item[] = [];
  collection.forEachItem((item) => {
    items.push(item);
  });
  return { collection, items };
}
