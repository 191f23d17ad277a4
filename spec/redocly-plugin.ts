// Lint rules for deprecations. The configurable rules of Redocly cannot compare two members or look up a name.

/** An object of the description. */
type Node = Readonly<Record<string, unknown>>;

/** What Redocly passes to a rule besides an object. */
interface Context {
  readonly location: { child(name: string): unknown };
  report(problem: { readonly message: string; readonly location: unknown }): void;
  resolve(reference: unknown): { readonly node?: Node | undefined };
}

type Visit = (node: Node, context: Context) => void;

const SINCE = 'x-deprecated-since';
const SUNSET = 'x-sunset';
const REPLACED_BY = 'x-replaced-by';

/** Calls a function with each object that may be deprecated, and with each reference, which may have members of its own. */
function visitAll(visit: Visit): Readonly<Record<string, Visit>> {
  return { Operation: visit, Parameter: visit, Header: visit, Schema: visit, ref: visit };
}

/** Returns whether a value is a day that exists, in the form `2026-11-01`. */
function isDate(value: unknown): value is string {
  if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\d$/.test(value)) return false;
  const time = Date.parse(`${value}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(value);
}

function needsDeprecated() {
  return visitAll((node, { location, report }) => {
    for (const name of [SINCE, SUNSET, REPLACED_BY]) {
      if (node[name] === undefined || node.deprecated === true) continue;
      const message = `${name} has a meaning only for what is deprecated. Add "deprecated: true" or remove ${name}.`;
      report({ message, location: location.child(name) });
    }
  });
}

function validDates() {
  return visitAll((node, { location, report }) => {
    for (const name of [SINCE, SUNSET]) {
      if (node[name] === undefined || isDate(node[name])) continue;
      const message = `${name} is ${JSON.stringify(node[name])}. Write a date that exists, such as 2026-11-01.`;
      report({ message, location: location.child(name) });
    }
    const { [SINCE]: since, [SUNSET]: sunset } = node;
    if (!isDate(since) || !isDate(sunset) || since < sunset) return;
    const message = `${SUNSET} is ${sunset}, which is not after ${SINCE}, ${since}. Give users time to change their code.`;
    report({ message, location: location.child(SUNSET) });
  });
}

function operationsHaveSince() {
  return {
    Operation({ operationId, deprecated, [SINCE]: since }: Node, { location, report }: Context) {
      if (deprecated !== true || since !== undefined) return;
      const message = `${operationId} is deprecated without a date. Add ${SINCE}: its responses have this date in the header Deprecation.`;
      report({ message, location: location.child('deprecated') });
    },
  };
}

function replacementsExist() {
  // Names are compared in lowercase, because the names of headers have no letter case.
  const current = new Set<string>();
  const deprecated = new Set<string>();
  const replacements: { readonly name: unknown; readonly location: unknown }[] = [];

  const addName = (name: unknown, node: Node) => {
    (node.deprecated === true ? deprecated : current).add(String(name).toLowerCase());
  };
  const addKeys: Visit = (map, { resolve }) => {
    for (const [name, value] of Object.entries(map)) addName(name, { ...resolve(value).node, ...Object(value) });
  };
  const addReplacement: Visit = ({ [REPLACED_BY]: name }, { location }) => {
    if (name !== undefined) replacements.push({ name, location: location.child(REPLACED_BY) });
  };
  /** Returns whether the description has a name. A member of a member is written as `subscription.plan`. */
  const isIn = (names: ReadonlySet<string>, name: string) =>
    names.has(name) || (name.includes('.') && name.split('.').every((part) => names.has(part)));

  return {
    ...visitAll(addReplacement),
    Operation: (node: Node, context: Context) => {
      addName(node.operationId, node);
      addReplacement(node, context);
    },
    Parameter: (node: Node, context: Context) => {
      addName(node.name, node);
      addReplacement(node, context);
    },
    SchemaProperties: addKeys,
    HeadersMap: addKeys,
    Root: {
      leave(_: Node, { report }: Context) {
        for (const { name, location } of replacements) {
          const key = String(name).toLowerCase();
          if (isIn(current, key)) continue;
          const message = isIn(deprecated, key)
            ? `${REPLACED_BY} is ${JSON.stringify(name)}, which is deprecated itself. Name what users should use instead.`
            : `${REPLACED_BY} is ${JSON.stringify(name)}, which the description does not have. Write the name of an operation, a parameter, a member or a header.`;
          report({ message, location });
        }
      },
    },
  };
}

/** The plugin, in the form that Redocly defines. */
export default function createPlugin() {
  return {
    id: 'deprecation',
    rules: {
      oas3: {
        'needs-deprecated': needsDeprecated,
        'valid-dates': validDates,
        'operations-have-since': operationsHaveSince,
        'replacements-exist': replacementsExist,
      },
    },
  };
}
