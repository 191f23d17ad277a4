// A module of its own, because it also runs in versions of Node that cannot load the command.
export { startCommand } from '@firstofficer/common/start-command';
