import { isIPv4 } from 'node:net';
import ipaddr from 'ipaddr.js';

// Networks whose addresses end with the IPv4 address of the client: IPv4-mapped, IPv4-translated, IPv4-compatible, and
// NAT64. Behind NAT64, all clients would otherwise have the same /64 network.
const EMBEDDED_IPV4 = ['::ffff:0:0/96', '::ffff:0:0:0/96', '::/96', '64:ff9b::/96'].map((network) =>
  ipaddr.IPv6.parseCIDR(network),
);

/**
 * Returns the network that a client address belongs to: an IPv4 address, or the /64 network of an IPv6 address, because
 * one client usually has all 2^64 addresses of it. Proxies may add a port. All invalid addresses are one network.
 */
export function findClientNetwork(address: string): string {
  const text = removePort(address.trim());
  if (!ipaddr.isValid(text)) return 'invalid';
  const parsed = ipaddr.parse(text);
  if (parsed instanceof ipaddr.IPv4) return parsed.toString();
  if (EMBEDDED_IPV4.some((network) => parsed.match(network))) {
    return new ipaddr.IPv4(parsed.toByteArray().slice(12)).toString();
  }
  return parsed.parts
    .slice(0, 4)
    .map((part) => part.toString(16))
    .join(':');
}

/** Removes the brackets and the port from an address: `[::1]:80` becomes `::1`. */
function removePort(address: string): string {
  const bracketed = /^\[([^\]]*)\](?::\d*)?$/.exec(address);
  if (bracketed) return bracketed[1] ?? '';
  const [host = '', port, ...rest] = address.split(':');
  return port !== undefined && rest.length === 0 && isIPv4(host) ? host : address;
}
