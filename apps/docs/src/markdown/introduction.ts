import type { Phrase } from './constraints.ts';
import { allOperations, operationList } from './find-operation.ts';
import { type JsonObject, listIn, namedIn, type OpenApiDocument, objectIn, textIn } from './openapi.ts';
import { oneLine, prose } from './prose.ts';
import { heading, inlineCode, joined, link, list, paragraph, render, table } from './render.ts';

/**
 * Returns the introduction page of an API: its description, its servers and its operations.
 *
 * @example
 * introductionMarkdown(document); // # Pets …
 */
export function introductionMarkdown(document: OpenApiDocument): string {
  const info = objectIn(document.info);
  const operations = allOperations(document);
  const servers = listIn(document.servers).map(objectIn);
  return render([
    heading(1, textIn(info.title)),
    ...(textIn(info.summary) === '' ? [] : [paragraph(textIn(info.summary))]),
    ...list(factsOf(info, objectIn(document.externalDocs))),
    ...prose(info.description, 2),
    ...(servers.length === 0 ? [] : [heading(2, 'Servers'), ...list(servers.map(serverPhrase))]),
    ...table(
      ['Variable', 'Default', 'Values', 'Description'],
      servers.flatMap((server) => namedIn(document, server.variables).map(variableRow)),
    ),
    ...(operations.length === 0 ? [] : [heading(2, 'Operations'), ...operationList(operations)]),
  ]);
}

function factsOf(info: JsonObject, externalDocs: JsonObject): Phrase[] {
  const { version, contact, license, termsOfService } = info;
  const { name, url, email } = objectIn(contact);
  const { name: licenceName, url: licenceUrl } = objectIn(license);
  const contacts = [
    ...(textIn(url) === '' ? [[textIn(name)]] : [[link(textIn(url), textIn(name) || textIn(url))]]),
    ...(textIn(email) === '' ? [] : [[link(`mailto:${textIn(email)}`, textIn(email))]]),
  ].filter(([phrase]) => phrase !== '');
  return [
    ['Version: ', String(version)],
    ...(contacts.length === 0 ? [] : [['Contact: ', ...joined(contacts, ', ')]]),
    ...(textIn(licenceName) === ''
      ? []
      : [
          [
            'Licence: ',
            textIn(licenceUrl) === '' ? textIn(licenceName) : link(textIn(licenceUrl), textIn(licenceName)),
          ],
        ]),
    ...(textIn(termsOfService) === '' ? [] : [['Terms of service: ', link(textIn(termsOfService))]]),
    ...(textIn(externalDocs.url) === ''
      ? []
      : [['See also: ', link(textIn(externalDocs.url), textIn(externalDocs.description) || textIn(externalDocs.url))]]),
  ];
}

function serverPhrase({ url, description }: JsonObject): Phrase {
  const said = oneLine(description);
  return [inlineCode(textIn(url)), ...(said.length === 0 ? [] : [' — ', ...said])];
}

function variableRow([name, variable]: readonly [string, JsonObject]): Phrase[] {
  const values = listIn(variable.enum).map((value) => [inlineCode(String(value))]);
  return [
    [inlineCode(name)],
    [inlineCode(String(variable.default))],
    joined(values, ', '),
    oneLine(variable.description),
  ];
}
