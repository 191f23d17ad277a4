import { type ChildProcess, execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

/**
 * Kills a child process and all its descendants, even those in other process groups and sessions. Does nothing if the
 * child has ended.
 *
 * @example
 * killTree(spawn('sh', ['-c', 'sleep 60 & sleep 60']));
 */
export function killTree({ pid: root, exitCode, signalCode }: ChildProcess): void {
  if (root === undefined || exitCode !== null || signalCode !== null) return;
  if (process.platform === 'win32') {
    execFileSync('taskkill', ['/pid', String(root), '/t', '/f'], { stdio: 'ignore' });
    return;
  }
  // A stopped process cannot start others, so the tree is complete when it no longer grows.
  const tree = new Set([root]);
  for (let size = 0; size < tree.size; ) {
    size = tree.size;
    for (const pid of tree) send(pid, 'SIGSTOP');
    addDescendants(tree);
  }
  for (const pid of tree) send(pid, 'SIGKILL');
}

function addDescendants(tree: Set<number>): void {
  const processes = process.platform === 'linux' ? listFromProc() : listFromPs();
  for (let size = 0; size < tree.size; ) {
    size = tree.size;
    for (const { pid, parent } of processes) if (tree.has(parent)) tree.add(pid);
  }
}

interface Process {
  readonly pid: number;
  readonly parent: number;
}

/** Reads the processes from /proc, because minimal Linux machines have no `ps`. */
function listFromProc(): Process[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        // The line is "pid (command) state parent …", and the command may contain parentheses.
        const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
        const [, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
        return [{ pid: Number(name), parent: Number(parent) }];
      } catch {
        return []; // The process has ended since the folder was listed.
      }
    });
}

function listFromPs(): Process[] {
  return execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' })
    .trim()
    .split('\n')
    .map((line) => {
      const [pid, parent] = line.trim().split(/\s+/).map(Number);
      return { pid: pid ?? 0, parent: parent ?? 0 };
    });
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // The process has ended already.
  }
}
