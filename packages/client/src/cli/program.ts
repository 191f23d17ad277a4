import process from 'node:process';
import { createCommand } from '@firstofficer/common/command';
import { type Command, Option } from 'commander';
import { VERSION } from '../generated/version.ts';
import type { Flags } from './api.ts';
import type { ApiDefinition, CommandDefinition } from './definition.ts';
import { EXIT_CODES_HELP, formatError, getExitCode } from './exit.ts';
import { acceptsFile, addManyOptions, capitalize, createOption, parseCount, parseNumber } from './options.ts';
import { createOutput, type Output } from './output.ts';
import { runOperation } from './run-operation.ts';

const NAME = 'firstofficer';

/** Runs the command line of this process. Sets the exit code. */
export async function runProgram(api: ApiDefinition): Promise<void> {
  const output = createOutput();
  const program = createProgram(api, output);
  try {
    await program.parseAsync();
    output.clearStatus();
  } catch (error) {
    output.clearStatus();
    process.stderr.write(`${NAME}: ${hideKey(formatError(error), program.opts<Flags>())}\n`);
    process.exitCode = getExitCode(error);
  } finally {
    // If the command ends early, its input may still be open, and the process would wait for more.
    process.stdin.destroy();
  }
}

/** Removes the key from a message. No message should contain it, so this is a second safeguard. */
function hideKey(message: string, { token }: Flags): string {
  // Shorter texts are part of ordinary words.
  return token && token.length >= 8 ? message.replaceAll(token, '[API key]') : message;
}

/** Creates the command with a subcommand for each operation. */
function createProgram(api: ApiDefinition, output: Output): Command {
  const program = createCommand(NAME)
    .description("Calls FirstOfficer's API. Prints tables on a terminal, and JSON into files and pipes.")
    .version(VERSION, '--version', 'print the version')
    .helpOption('--help', 'print this help')
    .helpCommand('help [command]', 'print the help of a command')
    .configureHelp({ showGlobalOptions: true })
    .option('--json', 'print JSON on a terminal as well');
  const addOption = (option: Option) => {
    const name = `FIRSTOFFICER_${option.name().toUpperCase().replaceAll('-', '_')}`;
    // CI services set a variable without a value to an empty text.
    if (process.env[name] === '') delete process.env[name];
    program.addOption(option.env(name));
  };
  addOption(
    new Option(
      '--token <key>',
      'API key; prefer the environment variable, because other users can see the command line',
    ),
  );
  addOption(new Option('--url <url>', `base URL of the API (default: ${api.serverUrl})`));
  addOption(new Option('--time-limit <seconds>', 'timeout of each attempt (default: 30)').argParser(parseNumber));
  addOption(
    new Option('--max-retries <number>', 'how many times a request is retried (default: 2)').argParser(parseCount(0)),
  );
  const examples: string[] = [];
  for (const { name, description, commands } of api.groups) {
    const group = program.command(name).description(description).helpCommand(false);
    for (const definition of commands) {
      const example = `${name} ${definition.name} ${definition.example}`.trimEnd();
      examples.push(example);
      addOperation(group.command(definition.name), definition, example).action(async (...parameters: unknown[]) => {
        const command = parameters.at(-1) as Command;
        process.exitCode = await runOperation({ api, definition, output }, command);
      });
    }
  }
  return program.addHelpText('after', `\n${formatExamples(examples)}\n${EXIT_CODES_HELP}`);
}

function addOperation(command: Command, definition: CommandDefinition, example: string): Command {
  const { summary, description, deprecated } = definition;
  command
    .summary(deprecated === undefined ? summary : `${summary} (deprecated)`)
    .description([...(deprecated === undefined ? [] : [capitalize(deprecated)]), description || summary].join('\n\n'));
  const isMany = acceptsFile(definition);
  for (const argument of definition.arguments) {
    const { name } = argument;
    command.argument(isMany ? `[${name}]` : `<${name}>`, argument.description);
  }
  for (const option of definition.options) command.addOption(createOption(option));
  if (definition.body) {
    const flags = '--data <json>';
    const option = new Option(flags, 'request body: JSON, @FILE with JSON, or - for the standard input');
    command.addOption(option.makeOptionMandatory(definition.body.required));
  }
  const examples = [example, `${example} --json`];
  if (isMany) {
    addManyOptions(command);
    // The names of the group and of the command.
    const start = example.split(' ').slice(0, 2).join(' ');
    examples.push(
      `${start} --file identifiers.txt > results.ndjson`,
      `${start} --file - --format csv < identifiers.txt`,
    );
  }
  return command.addHelpText('after', `\n${formatExamples(examples)}\n${EXIT_CODES_HELP}`);
}

function formatExamples(examples: readonly string[]): string {
  return `Examples:\n${examples.map((example) => `  npx -y pnpm@12 client ${example}`).join('\n')}`;
}
