import { createCommand, parsePort } from '../src/command.ts';

const program = createCommand('program').option('--port <number>', 'port', parsePort).option('--token <key>', 'key');
program.addCommand(createCommand('list'));
program.command('keys').command('create');
program.action(() => {}).parse();
