/**
 * Returns a strong ETag of a body: the same for the same text, and another one for others. The hash is not secure,
 * because browsers compute secure ones only asynchronously.
 */
export function createETag(body: string): string {
  let high = 0x9e3779b9;
  let low = 0x85ebca6b;
  for (let index = 0; index < body.length; index += 1) {
    const code = body.charCodeAt(index);
    high = Math.imul(high ^ code, 0x9e3779b1);
    low = Math.imul(low ^ code, 0x85ebca77);
    high ^= low >>> 16;
    low ^= high >>> 15;
  }
  return `"${toHex(high)}${toHex(low)}"`;
}

function toHex(number: number): string {
  return (number >>> 0).toString(16).padStart(8, '0');
}
