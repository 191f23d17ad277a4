import { type DestinationStream, pino } from 'pino';

/** Opens standard output for the log of a compared server. Lines are written in blocks, as our server does. */
export function openLog(): DestinationStream {
  return pino.destination({ sync: false, minLength: 4_096 });
}
