import type { Phrase } from './constraints.ts';
import { listOperations, operationList } from './find-operation.ts';
import { asArray, asObject, asString, type JsonObject, type OpenApiDocument, resolvedEntries } from './openapi.ts';
import { oneLine, prose } from './prose.ts';
import { heading, inlineCode, join, link, list, paragraph, render, table } from './render.ts';

/**
 * Returns the introduction page of an API: its description, its servers and its operations.
 *
 * @example
 * renderIntroduction(document); // # Pets …
 */
export function renderIntroduction(document: OpenApiDocument): string {
  const info = asObject(document.info);
  const operations = listOperations(document);
  const servers = asArray(document.servers).map(asObject);
  return render([
    heading(1, asString(info.title)),
    ...(asString(info.summary) === '' ? [] : [paragraph(asString(info.summary))]),
    ...list(factsOf(info, asObject(document.externalDocs))),
    ...prose(info.description, 2),
    ...(servers.length === 0 ? [] : [heading(2, 'Servers'), ...list(servers.map(serverPhrase))]),
    ...table(
      ['Variable', 'Default', 'Values', 'Description'],
      servers.flatMap((server) => resolvedEntries(document, server.variables).map(variableRow)),
    ),
    ...(operations.length === 0 ? [] : [heading(2, 'Operations'), ...operationList(operations)]),
  ]);
}

function factsOf(info: JsonObject, externalDocs: JsonObject): Phrase[] {
  const { version, contact, license, termsOfService } = info;
  const { name, url, email } = asObject(contact);
  const { name: licenceName, url: licenceUrl } = asObject(license);
  const contacts = [
    ...(asString(url) === '' ? [[asString(name)]] : [[link(asString(url), asString(name) || asString(url))]]),
    ...(asString(email) === '' ? [] : [[link(`mailto:${asString(email)}`, asString(email))]]),
  ].filter(([phrase]) => phrase !== '');
  return [
    ['Version: ', String(version)],
    ...(contacts.length === 0 ? [] : [['Contact: ', ...join(contacts, ', ')]]),
    ...(asString(licenceName) === ''
      ? []
      : [
          [
            'Licence: ',
            asString(licenceUrl) === '' ? asString(licenceName) : link(asString(licenceUrl), asString(licenceName)),
          ],
        ]),
    ...(asString(termsOfService) === '' ? [] : [['Terms of service: ', link(asString(termsOfService))]]),
    ...(asString(externalDocs.url) === ''
      ? []
      : [
          [
            'See also: ',
            link(asString(externalDocs.url), asString(externalDocs.description) || asString(externalDocs.url)),
          ],
        ]),
  ];
}

function serverPhrase({ url, description }: JsonObject): Phrase {
  const text = oneLine(description);
  return [inlineCode(asString(url)), ...(text.length === 0 ? [] : [' — ', ...text])];
}

function variableRow([name, variable]: readonly [string, JsonObject]): Phrase[] {
  const values = asArray(variable.enum).map((value) => [inlineCode(String(value))]);
  return [
    [inlineCode(name)],
    [inlineCode(String(variable.default))],
    join(values, ', '),
    oneLine(variable.description),
  ];
}
