import type { RootContent } from 'mdast';
import type { Phrase } from './constraints.ts';
import { type JsonObject, listIn, namedIn, type OpenApiDocument, objectIn, textIn } from './openapi.ts';
import { oneLine, prose } from './prose.ts';
import { heading, inlineCode, joined, link, list, paragraph, render, table } from './render.ts';

/**
 * Returns the page on authentication: every security scheme, and the schemes that operations need by default.
 *
 * @example
 * authenticationMarkdown(document); // # Authentication …
 */
export function authenticationMarkdown(document: OpenApiDocument): string {
  const schemes = namedIn(document, objectIn(document.components).securitySchemes);
  const needed: RootContent[] =
    listIn(document.security).length === 0
      ? []
      : [paragraph('Unless an operation says otherwise, it needs ', ...requirements(document.security), '.')];
  return render([
    heading(1, 'Authentication'),
    ...(schemes.length === 0 ? [paragraph('No authentication is described.')] : needed),
    ...schemes.flatMap(([name, scheme]) => [
      heading(2, name),
      ...list(factsOf(scheme)),
      ...prose(scheme.description, 3),
      ...flows(scheme),
    ]),
  ]);
}

function factsOf(scheme: JsonObject): Phrase[] {
  const { scheme: name, bearerFormat, openIdConnectUrl } = scheme;
  const type = textIn(scheme.type);
  return [
    ['Type: ', ...(type === 'http' ? ['HTTP, scheme ', inlineCode(textIn(name))] : [inlineCode(type)])],
    ...(type === 'apiKey' ? [['Sent as: ', `${textIn(scheme.in)} `, inlineCode(textIn(scheme.name))]] : []),
    ...(textIn(bearerFormat) === '' ? [] : [['Format: ', textIn(bearerFormat)]]),
    ...(textIn(openIdConnectUrl) === '' ? [] : [['OpenID Connect: ', link(textIn(openIdConnectUrl))]]),
  ];
}

function flows(scheme: JsonObject): RootContent[] {
  return Object.entries(objectIn(scheme.flows)).flatMap(([name, value]) => {
    const { scopes, ...urls } = objectIn(value);
    const addresses = Object.entries(urls).filter(([key]) => !key.startsWith('x-'));
    const rows = Object.entries(objectIn(scopes)).map(([scope, description]) => [
      [inlineCode(scope)],
      oneLine(description),
    ]);
    return [
      heading(3, 'Flow ', inlineCode(name)),
      ...list(addresses.map(([key, url]) => [inlineCode(key), ': ', link(String(url))])),
      ...table(['Scope', 'Description'], rows),
    ];
  });
}

/** Returns a phrase for security requirements: alternatives, each with one or more schemes. */
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
