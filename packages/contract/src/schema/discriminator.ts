import type { JsonSchema } from '@firstofficer/openapi';
import { _, type Ajv2020, type CodeKeywordDefinition, type KeywordCxt, Name, stringify } from 'ajv/dist/2020.js';

/** A Discriminator Object: the member whose value names the schema of an object (OpenAPI 3.1, 4.8.25). */
interface Discriminator {
  readonly propertyName: string;
  readonly mapping?: Readonly<Record<string, string>>;
}

type Schemas = Readonly<Record<string, JsonSchema>>;

/** The values of a discriminator and the branches that they select. */
interface Selection {
  readonly propertyName: string;
  /** The index of the branch for each value. */
  readonly branches: ReadonlyMap<string, number>;
  /** Whether the description lists all values. */
  readonly isComplete: boolean;
}

/**
 * Replaces the keywords `oneOf` and `anyOf`, so that a discriminator selects the branch: a value must conform to this
 * branch, and the others do not matter. Ajv has an option for this, but it refuses a mapping and requires `const` in each
 * branch.
 */
export function honourDiscriminators(ajv: Ajv2020, document: object): void {
  for (const keyword of ['oneOf', 'anyOf'] as const) {
    const original = ajv.getKeyword(keyword) as CodeKeywordDefinition;
    const message = String(original.error?.message);
    ajv.removeKeyword(keyword).addKeyword({
      ...original,
      code(cxt, ruleType) {
        const selection = readSelection(cxt.parentSchema, keyword, document);
        if (!selection) return original.code(cxt, ruleType);
        const { gen, data } = cxt;
        const tag = gen.const(
          'tag',
          _`${data} && typeof ${data} == "object" && !Array.isArray(${data}) ? ${data}[${selection.propertyName}] : undefined`,
        );
        const values = [...selection.branches.keys()];
        const isSelecting = selection.isComplete
          ? _`typeof ${tag} == "string"`
          : _`${stringify(values)}.includes(${tag})`;
        gen.if(
          isSelecting,
          () => validateBranch(cxt, keyword, { selection, tag }),
          // The value has another type or no such member: other keywords report that.
          () => original.code(cxt, ruleType),
        );
      },
      error: {
        ...original.error,
        message: ({ params: { unknownTag } }) => (typeof unknownTag === 'string' ? unknownTag : message),
      },
    });
  }
}

function validateBranch(
  cxt: KeywordCxt,
  keyword: 'oneOf' | 'anyOf',
  { selection: { propertyName, branches }, tag }: { readonly selection: Selection; readonly tag: Name },
): void {
  const { gen } = cxt;
  const valid = gen.let('valid', false);
  gen.if(false);
  for (const [schemaProp, entries] of Map.groupBy(branches, ([, index]) => index)) {
    gen.elseIf(_`${stringify(entries.map(([value]) => value))}.includes(${tag})`);
    const isValid = gen.name('valid');
    const branch = cxt.subschema({ keyword, schemaProp }, isValid);
    cxt.mergeEvaluated(branch, Name);
    gen.assign(valid, isValid);
  }
  gen.else();
  const unknownTag = `has an unknown ${propertyName}: it must be ${[...branches.keys()].join(' or ')}`;
  cxt.setParams({ unknownTag, passing: _`null` });
  cxt.error();
  cxt.setParams({});
  gen.endIf();
  cxt.ok(valid);
}

/** Returns the values of a discriminator, or undefined if the schema has none, or it does not say what they select. */
function readSelection(parent: JsonSchema, keyword: 'oneOf' | 'anyOf', document: object): Selection | undefined {
  const { propertyName, mapping = {} } = (parent.discriminator ?? {}) as Partial<Discriminator>;
  const branches = parent[keyword] as readonly JsonSchema[];
  if (propertyName === undefined || !branches.every((branch) => typeof branch === 'object')) return undefined;
  const { schemas = {} } = (document as { components?: { schemas?: Schemas } }).components ?? {};
  const names = branches.map((branch) => findName(branch, schemas));
  const mapped = Object.entries(mapping).map(
    ([value, target]) => [value, names.indexOf(target.replace(SCHEMAS, ''))] as const,
  );
  // A target that is no branch, such as a schema in another file.
  if (mapped.some(([, index]) => index < 0)) return undefined;
  const ownValues = branches.map((branch, index) => listOwnValues(schemas[names[index] ?? ''] ?? branch, propertyName));
  const own = ownValues.flatMap((values, index) =>
    // A value of several branches selects none of them.
    values
      .filter((value) => ownValues.filter((others) => others.includes(value)).length === 1)
      .map((value) => [value, index] as const),
  );
  const implicit = names.flatMap((name, index) => (name === undefined ? [] : [[name, index] as const]));
  const mappedBranches = mapped.map(([, index]) => index);
  return {
    propertyName,
    // The mapping takes precedence.
    branches: new Map([...own, ...implicit, ...mapped]),
    isComplete: branches.every((_branch, index) => mappedBranches.includes(index)),
  };
}

const SCHEMAS = /^#\/components\/schemas\//;

/** Returns the name of a schema in the components, or undefined if it has none. */
function findName(schema: JsonSchema, schemas: Schemas): string | undefined {
  // Only references of recursive schemas are not resolved.
  const { $ref } = schema;
  if (typeof $ref === 'string') return SCHEMAS.test($ref) ? $ref.replace(SCHEMAS, '') : undefined;
  return Object.entries(schemas).find(([, candidate]) => candidate === schema)?.[0];
}

/** Returns the values that a branch itself allows for the member of the discriminator. */
function listOwnValues({ properties }: JsonSchema, propertyName: string): string[] {
  const member = (properties as Readonly<Record<string, JsonSchema | undefined>> | undefined)?.[propertyName];
  return [member?.const, member?.enum].flat().filter((value) => typeof value === 'string');
}
