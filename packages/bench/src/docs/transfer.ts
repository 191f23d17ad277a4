import type { CDPSession } from '@firstofficer/browser';

/**
 * Counts the bytes that a page has received, headers included: of what was broken off, because a reader had left, those
 * that came before. What a server sent would not do, for the system takes it from the server at once.
 */
export async function countTransfer(session: CDPSession): Promise<() => number> {
  let received = 0;
  const arriving = new Map<string, number>();
  const end = (id: string, bytes: number) => {
    arriving.delete(id);
    received += bytes;
  };
  session
    .on('Network.dataReceived', ({ requestId, encodedDataLength }) => {
      arriving.set(requestId, (arriving.get(requestId) ?? 0) + encodedDataLength);
    })
    .on('Network.loadingFinished', ({ requestId, encodedDataLength }) => end(requestId, encodedDataLength))
    .on('Network.loadingFailed', ({ requestId }) => end(requestId, arriving.get(requestId) ?? 0));
  await session.send('Network.enable');
  return () => received;
}
