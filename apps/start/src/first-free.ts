/** A service that listens, and whether it does so on another port than the usual one. */
export interface Started<Service> {
  readonly service: Service;
  /** The usual port, if that was taken. */
  readonly taken?: number;
}

/**
 * Starts a service on its usual port, or on a free one if that is taken. A port that was asked for is not negotiable.
 *
 * @throws Error with the code `EADDRINUSE` if the port that was asked for is taken.
 */
export async function startOnFreePort<Service>(
  start: (port: number) => Promise<Service>,
  { asked, usual }: { readonly asked: number | undefined; readonly usual: number },
): Promise<Started<Service>> {
  if (asked !== undefined) return { service: await start(asked) };
  try {
    return { service: await start(usual) };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    return { service: await start(0), taken: usual };
  }
}
