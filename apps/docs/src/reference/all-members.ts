import { type Markup, markup } from '@firstofficer/common/markup';
import { asObject, type JsonObject } from '@firstofficer/openapi';
import { listMembers, type Member } from '../markdown/members.ts';
import { describeType } from '../markdown/schema.ts';
import { renderPhrase } from './member-row.ts';

/**
 * Returns a list of all members of a schema, including those of every variant. Redoc renders only one variant without a
 * browser. Returns nothing if every member is already shown.
 */
export function renderAllMembers(
  document: JsonObject,
  schema: unknown,
  shown: ReadonlySet<string>,
): Markup | undefined {
  const members = listMembers(document, schema);
  const isShown = ({ name }: Member) =>
    shown.has(
      name
        .split(/[.[\]]+/)
        .filter(Boolean)
        .at(-1) ?? '',
    );
  if (members.every((member) => isShown(member) || /\]$/.test(member.name))) return undefined;
  const rows = members.map(({ name, schema: type, isRequired, constraints }) => {
    const { description } = asObject(type);
    const limits = constraints.map((phrase) => markup`<li>${renderPhrase(phrase)}</li>`);
    return markup`<div class="member"><div class="member-row"><code class="member-name">${name}</code> <span class="member-type">${describeType(document, type)}</span>${isRequired ? markup` <span class="member-required">required</span>` : undefined}</div>${typeof description === 'string' ? markup`<p>${description}</p>` : undefined}<ul class="limits">${limits}</ul></div>`;
  });
  return markup`<details class="members"><summary>All variants</summary>${rows}</details>`;
}
