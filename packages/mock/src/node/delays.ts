import type { Socket } from 'node:net';
import { setTimeout } from 'node:timers/promises';

/** Waits before responses. */
interface Delays {
  /** Waits. Returns false, with the connection closed, if the client or the mock closes it before the time is over. */
  wait(socket: Socket, milliseconds: number): Promise<boolean>;
  /** Closes the connections of all waiting responses. Later waits close their connection at once. */
  end(): void;
}

/** Creates the waits of a server, which end when the server closes. */
export function createDelays(): Delays {
  const waits = new Set<AbortController>();
  let isEnded = false;

  async function wait(socket: Socket, milliseconds: number): Promise<boolean> {
    const controller = new AbortController();
    const abort = () => controller.abort();
    // Many requests can wait on one connection, because clients may send requests before they receive responses.
    socket.setMaxListeners(0).once('close', abort);
    waits.add(controller);
    if (isEnded || socket.destroyed) abort();
    try {
      await setTimeout(milliseconds, undefined, { signal: controller.signal });
      return true;
    } catch {
      socket.destroy();
      return false;
    } finally {
      socket.off('close', abort);
      waits.delete(controller);
    }
  }

  function end(): void {
    isEnded = true;
    for (const controller of waits) controller.abort();
  }

  return { wait, end };
}
