// The types of src/generated/commands.ts. The library loads none of the files of this folder.

import type { ApiDescription } from '../operation.ts';

/** The API that the command calls. */
export interface ApiDefinition extends ApiDescription<string> {
  readonly groups: readonly GroupDefinition[];
}

/** The operations with the same tag, such as `customers`. */
export interface GroupDefinition {
  readonly name: string;
  readonly description: string;
  readonly commands: readonly CommandDefinition[];
}

/** The command of one operation, such as `customers retrieve`. */
export interface CommandDefinition {
  readonly name: string;
  readonly method: string;
  /** The path template, such as `/v2/customers/{customer}`. */
  readonly path: string;
  readonly summary: string;
  readonly description: string;
  /** When the operation was deprecated, and the command that replaces it, if it is deprecated. */
  readonly deprecated?: string;
  /** Arguments and options that work, such as `cus_1234ABCD`, quoted for a shell. */
  readonly example: string;
  /** The path parameters. */
  readonly arguments: readonly ArgumentDefinition[];
  /** The query and header parameters. */
  readonly options: readonly OptionDefinition[];
  /** The request body. */
  readonly body?: { readonly required: boolean };
  /** The member `object` of a success, if it is always the same. */
  readonly object?: string;
  /** The member that contains the rows, if a success is a list. It is empty if the body itself is the list. */
  readonly rows?: string;
  /** The other members of a list. */
  readonly footer?: readonly ColumnDefinition[];
  /** The members of a success, or of each row. */
  readonly columns: readonly ColumnDefinition[];
}

/** A path parameter. */
interface ArgumentDefinition {
  readonly name: string;
  readonly description: string;
}

/** A query or header parameter. */
export interface OptionDefinition {
  /** The name of the option without dashes, such as `starting-after`. */
  readonly flag: string;
  readonly name: string;
  readonly in: 'query' | 'header';
  readonly type: ValueType;
  readonly isRequired: boolean;
  readonly description: string;
  /** When the parameter was deprecated, and the option that replaces it, if it is deprecated. */
  readonly deprecated?: string;
  /** The only values that are allowed. */
  readonly choices?: readonly string[];
}

/** How the text of an option becomes a value. An option of the type `list` may be given more than once. */
export type ValueType = 'string' | 'integer' | 'number' | 'boolean' | 'list' | 'json';

/** A member of a success. */
export interface ColumnDefinition {
  readonly name: string;
  /** The name for people, such as `Current MRR`. */
  readonly label: string;
  /** The member that contains the currency, if this member is an amount of money. */
  readonly currency?: string;
}
