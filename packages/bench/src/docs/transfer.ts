import type { CDPSession } from '@firstofficer/browser';

/**
 * Counts the bytes that a page receives, including headers and the received part of aborted requests.
 *
 * Counting in the server would be wrong, because the system buffers bytes even if the page aborts the request.
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
