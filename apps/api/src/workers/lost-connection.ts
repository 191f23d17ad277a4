import type { Worker } from 'node:cluster';

/** A message by which Node passes a connection to a worker. The worker acknowledges it. */
interface NewConnection {
  readonly act: 'newconn';
  readonly seq: number;
}

/**
 * Passes on the connections that a worker was receiving when it ended. Node would keep them open without using them, and
 * their clients would wait forever.
 *
 * @param worker - The worker that may end.
 * @param listening - The workers that receive connections.
 */
export function passOnLostConnections({ process: child }: Worker, listening: ReadonlySet<Worker>): void {
  const pending = new Map<number, { readonly message: NewConnection; readonly handle: unknown }>();
  const { send } = child;
  const value = (message: object, handle: unknown, ...rest: readonly unknown[]): boolean => {
    if (isNewConnection(message)) pending.set(message.seq, { message, handle });
    return Reflect.apply(send, child, [message, handle, ...rest]);
  };
  Object.defineProperty(child, 'send', { value });
  child.on('internalMessage', ({ ack }: { readonly ack?: number }) => {
    if (ack !== undefined) pending.delete(ack);
  });
  child.once('exit', () => {
    const other = [...listening].find((worker) => worker.process !== child && worker.isConnected());
    for (const { message, handle } of pending.values()) {
      // Node still waits for the acknowledgement, which may come from any worker.
      if (other) Reflect.apply(other.process.send, other.process, [message, handle]);
      else if (handle instanceof Object && 'close' in handle && handle.close instanceof Function) handle.close();
    }
  });
}

function isNewConnection(message: object): message is NewConnection {
  return 'act' in message && message.act === 'newconn';
}
