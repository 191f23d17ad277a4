import { asArray, asObject, asString, type JsonObject, listEntries } from '@firstofficer/openapi';
import type { RootContent } from 'mdast';
import type { Phrase } from './constraints.ts';
import { renderOneLine, renderProse } from './prose.ts';
import { heading, inlineCode, join, link, list, paragraph, renderMarkdown, table } from './render.ts';

/**
 * Returns the page on authentication: every security scheme, and the schemes that operations need by default.
 *
 * @example
 * renderAuthenticationPage(document); // # Authentication …
 */
export function renderAuthenticationPage(document: JsonObject): string {
  const schemes = listEntries(document, asObject(document.components).securitySchemes);
  const needed: RootContent[] =
    asArray(document.security).length === 0
      ? []
      : [paragraph('By default, an operation needs ', ...describeRequirements(document.security), '.')];
  return renderMarkdown([
    heading(1, 'Authentication'),
    ...(schemes.length === 0 ? [paragraph('No authentication is documented.')] : needed),
    ...schemes.flatMap(([name, scheme]) => [
      heading(2, name),
      ...list(listFacts(scheme)),
      ...renderProse(scheme.description, 3),
      ...renderFlows(scheme),
    ]),
  ]);
}

function listFacts(scheme: JsonObject): Phrase[] {
  const { scheme: name, bearerFormat, openIdConnectUrl } = scheme;
  const type = asString(scheme.type);
  return [
    ['Type: ', ...(type === 'http' ? ['HTTP, scheme ', inlineCode(asString(name))] : [inlineCode(type)])],
    ...(type === 'apiKey' ? [['Sent as: ', `${asString(scheme.in)} `, inlineCode(asString(scheme.name))]] : []),
    ...(asString(bearerFormat) === '' ? [] : [['Format: ', asString(bearerFormat)]]),
    ...(asString(openIdConnectUrl) === '' ? [] : [['OpenID Connect: ', link(asString(openIdConnectUrl))]]),
  ];
}

function renderFlows(scheme: JsonObject): RootContent[] {
  return Object.entries(asObject(scheme.flows)).flatMap(([name, value]) => {
    const { scopes, ...urls } = asObject(value);
    const addresses = Object.entries(urls).filter(([key]) => !key.startsWith('x-'));
    const rows = Object.entries(asObject(scopes)).map(([scope, description]) => [
      [inlineCode(scope)],
      renderOneLine(description),
    ]);
    return [
      heading(3, 'Flow ', inlineCode(name)),
      ...list(addresses.map(([key, url]) => [inlineCode(key), ': ', link(String(url))])),
      ...table(['Scope', 'Description'], rows),
    ];
  });
}

/** Returns a phrase for security requirements: alternatives, each with one or more schemes. */
export function describeRequirements(security: unknown): Phrase {
  const alternatives = asArray(security).map(asObject);
  if (alternatives.length === 0) return ['none'];
  return join(
    alternatives.map((schemes) => {
      const names = Object.entries(schemes).map(([name, scopes]) => [inlineCode(name), ...describeScopes(scopes)]);
      return names.length === 0 ? ['none'] : join(names, ' and ');
    }),
    ', or ',
  );
}

function describeScopes(scopes: unknown): Phrase {
  const names = asArray(scopes).map((scope) => [inlineCode(String(scope))]);
  return names.length === 0 ? [] : [' (', ...join(names, ', '), ')'];
}
