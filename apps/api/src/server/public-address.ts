import { BlockList, isIPv4, isIPv6 } from 'node:net';

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');

/** Returns whether other machines can reach an address. Over plain HTTP, they could read the API keys. */
export function isPublic(host: string): boolean {
  if (host === 'localhost') return false;
  if (isIPv4(host)) return !loopback.check(host, 'ipv4');
  if (isIPv6(host)) return !loopback.check(host, 'ipv6');
  return true;
}
