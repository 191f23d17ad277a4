import type { RootContent } from 'mdast';
import type { Phrase } from './constraints.ts';
import { asArray, asObject, asString, type JsonObject, type OpenApiDocument, resolvedEntries } from './openapi.ts';
import { oneLine, prose } from './prose.ts';
import { heading, inlineCode, join, link, list, paragraph, render, table } from './render.ts';

/**
 * Returns the page on authentication: every security scheme, and the schemes that operations need by default.
 *
 * @example
 * renderAuthentication(document); // # Authentication …
 */
export function renderAuthentication(document: OpenApiDocument): string {
  const schemes = resolvedEntries(document, asObject(document.components).securitySchemes);
  const needed: RootContent[] =
    asArray(document.security).length === 0
      ? []
      : [paragraph('Unless an operation says otherwise, it needs ', ...requirementsPhrase(document.security), '.')];
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
  const type = asString(scheme.type);
  return [
    ['Type: ', ...(type === 'http' ? ['HTTP, scheme ', inlineCode(asString(name))] : [inlineCode(type)])],
    ...(type === 'apiKey' ? [['Sent as: ', `${asString(scheme.in)} `, inlineCode(asString(scheme.name))]] : []),
    ...(asString(bearerFormat) === '' ? [] : [['Format: ', asString(bearerFormat)]]),
    ...(asString(openIdConnectUrl) === '' ? [] : [['OpenID Connect: ', link(asString(openIdConnectUrl))]]),
  ];
}

function flows(scheme: JsonObject): RootContent[] {
  return Object.entries(asObject(scheme.flows)).flatMap(([name, value]) => {
    const { scopes, ...urls } = asObject(value);
    const addresses = Object.entries(urls).filter(([key]) => !key.startsWith('x-'));
    const rows = Object.entries(asObject(scopes)).map(([scope, description]) => [
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
export function requirementsPhrase(security: unknown): Phrase {
  const alternatives = asArray(security).map(asObject);
  if (alternatives.length === 0) return ['none'];
  return join(
    alternatives.map((schemes) => {
      const names = Object.entries(schemes).map(([name, scopes]) => [inlineCode(name), ...scopesOf(scopes)]);
      return names.length === 0 ? ['none'] : join(names, ' and ');
    }),
    ', or ',
  );
}

function scopesOf(scopes: unknown): Phrase {
  const names = asArray(scopes).map((scope) => [inlineCode(String(scope))]);
  return names.length === 0 ? [] : [' (', ...join(names, ', '), ')'];
}
