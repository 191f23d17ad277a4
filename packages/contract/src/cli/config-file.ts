import { existsSync, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { UsageError } from '@firstofficer/common/command';
import type { Command, Option } from 'commander';
import type { ListHints } from '../lists/hints.ts';
import { isHttpUrl } from '../request/target.ts';
import { isObject } from '../schema/json.ts';

const DEFAULT_FILE = 'firstofficer-contract.json';

// These paths are relative to the configuration file, not to the working directory.
const PATH_OPTIONS = ['baseline', 'customers', 'spec'];

/**
 * Sets options from the configuration file, unless the command line or the environment sets them.
 *
 * @throws UsageError if the file cannot be read or has an unknown or invalid option.
 */
export function applyConfigFile(command: Command): void {
  const named = command.opts<{ config?: string }>().config;
  if (named === undefined && !existsSync(DEFAULT_FILE)) return;
  const file = named ?? DEFAULT_FILE;
  for (const [name, value] of Object.entries(readConfig(file))) {
    const option = command.options.find(({ long }) => long === `--${name}`);
    if (name === 'token' || name === 'auth') {
      const variable = name === 'token' ? 'FIRSTOFFICER_TOKEN' : 'FIRSTOFFICER_AUTH_<SCHEME>';
      throw new UsageError(`${file} must not contain the key. Set ${variable} instead.`);
    }
    if (name === 'lists') {
      command.setOptionValueWithSource(name, parseLists(value, file), 'config');
      continue;
    }
    if (!option || name === 'config')
      throw new UsageError(`${file}: there is no option "${name}". Run with --help to see all options.`);
    const source = command.getOptionValueSource(option.attributeName());
    if (source !== undefined && source !== 'default') continue;
    command.setOptionValueWithSource(option.attributeName(), parseOptionValue(option, value, file), 'config');
  }
}

/** Returns the hints for lists by operation ID. They have no option, because no command line could hold them. */
function parseLists(value: unknown, file: string): Readonly<Record<string, ListHints>> {
  if (isObject(value) && Object.values(value).every(isObject)) {
    return value as Readonly<Record<string, ListHints>>;
  }
  throw new UsageError(`${file}: "lists" must be an object such as { "listBookings": { "items": "/bookings" } }.`);
}

function readConfig(file: string): Readonly<Record<string, unknown>> {
  let text: string;
  try {
    text = readFileSync(file, 'utf8').replace(/^\ufeff/, '');
  } catch (error) {
    throw new UsageError(`--config: cannot read "${file}" (${(error as NodeJS.ErrnoException).code}). Check the path.`);
  }
  try {
    const config: unknown = JSON.parse(text);
    if (isObject(config)) return config;
  } catch {
    throw new UsageError(`${file} is not JSON. Correct its syntax.`);
  }
  throw new UsageError(`${file} must be an object of options, such as { "url": "https://api.example.com" }.`);
}

function parseOptionValue(option: Option, value: unknown, file: string): unknown {
  const name = option.long?.slice(2);
  if (option.isBoolean()) {
    if (typeof value === 'boolean') return value;
    throw new UsageError(`${file}: "${name}" must be true or false.`);
  }
  const items = [value].flat();
  if (items.length === 0 || !items.every((item) => ['string', 'number'].includes(typeof item))) {
    throw new UsageError(
      `${file}: "${name}" must be ${option.variadic ? 'a list of strings' : 'a string or a number'}.`,
    );
  }
  if (!option.variadic && Array.isArray(value)) throw new UsageError(`${file}: "${name}" must be one value.`);
  const texts = items.map((item) =>
    PATH_OPTIONS.includes(name ?? '') && !isHttpUrl(String(item)) ? resolve(dirname(file), String(item)) : String(item),
  );
  try {
    const parse = option.parseArg as ((text: string, before: unknown) => unknown) | undefined;
    if (parse) return texts.reduce<unknown>((before, text) => parse(text, before), undefined);
    return option.variadic ? texts : texts[0];
  } catch (error) {
    throw new UsageError(`${file}: "${name}" is wrong. ${(error as Error).message}`);
  }
}
