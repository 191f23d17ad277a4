/** A reference made from the spec, as a folder for a static host. */
export interface Site {
  readonly name: string;
  /** Writes the folder. The spec is in it already, as `openapi.yaml`. */
  write(folder: string): Promise<void>;
}
