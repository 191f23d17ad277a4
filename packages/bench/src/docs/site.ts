/** An API reference that is built from the spec, as a folder for a static host. */
export interface Site {
  readonly name: string;
  /** Writes the files of the reference. The folder already contains the spec as `openapi.yaml`. */
  write(folder: string): Promise<void>;
}
