/**
 * A piece of code that calls the API, as readers of the docs see it.
 *
 * @example
 * const { label, source }: Sample = (await readSamples())[0];
 */
export interface Sample {
  /** The operation that it calls, such as `retrieveCustomer`. */
  readonly operationId: string;
  /** What it shows, such as `lost-customer`. */
  readonly topic: string;
  /** The language, as Redoc names it: `cURL`, `TypeScript`, `Ruby` or `Python`. */
  readonly lang: string;
  /** What distinguishes it from the other samples of its operation: `Ruby: a lost customer`. */
  readonly label: string;
  /** The code: all of its file but the line break at its end. */
  readonly source: string;
  /** Its file below `samples`, such as `retrieveCustomer/retrieve/ruby.rb`. */
  readonly file: string;
}
