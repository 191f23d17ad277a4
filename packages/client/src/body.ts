import type { FetchResponse } from './fetch.ts';

/**
 * Reads the body of a response as text. Counts its bytes after decompression. If there are more than `maxBytes`, stops
 * reading, which closes the connection, and returns undefined.
 */
export async function readBody(response: FetchResponse, maxBytes: number): Promise<string | undefined> {
  // React Native has no streams, and Safari has no iterator of them.
  const body = response.body as AsyncIterable<Uint8Array> | null | undefined;
  let text = '';
  if (!body?.[Symbol.asyncIterator]) {
    text = await response.text();
    return text.length > maxBytes ? undefined : text;
  }
  const decoder = new TextDecoder();
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size > maxBytes) return undefined;
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}
