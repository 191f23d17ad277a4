import { type Child, startChild } from '../child.ts';
import type { BenchData } from './data.ts';
import type { Load, LoadTask } from './load.ts';
import { startServer } from './server.ts';

// How often memory is measured.
const INTERVAL_SECONDS = 10;

/** Measures the memory of our server under constant load, after a garbage collection each time. */
export async function soak(data: BenchData, seconds: number): Promise<void> {
  using processes = new DisposableStack();
  const client: Child<LoadTask, Load> = processes.use(startChild(new URL('./load.ts', import.meta.url)));
  const server = processes.use(await startServer('ours', data, { nodeOptions: ['--expose-gc'] }));
  const { authorization, customers } = data;
  printRow(['seconds', 'requests', 'RSS MiB', 'heap total', 'heap used', 'external']);
  let requests = 0;
  for (let time = 0; time <= seconds; time += INTERVAL_SECONDS) {
    if (time > 0) {
      const task = { port: server.port, authorization, customers, seconds: INTERVAL_SECONDS, pipelined: 1 };
      requests += (await client.perform(task)).requests;
    }
    const { rss, heapTotal, heapUsed, external } = await server.measureUsage();
    const megabytes = [rss, heapTotal, heapUsed, external].map((bytes) => (bytes / 1024 ** 2).toFixed(1));
    printRow([String(time), requests.toLocaleString('en'), ...megabytes]);
  }
}

function printRow(cells: readonly string[]): void {
  console.log(cells.map((cell) => cell.padStart(12)).join(''));
}
