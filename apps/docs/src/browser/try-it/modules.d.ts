// The build makes these modules from the description of the site.

declare module 'try-it:forms' {
  export const forms: readonly import('./form.ts').OperationForm[];
}

declare module 'try-it:operations' {
  export const operations: readonly import('@firstofficer/mock/engine').Operation[];
}

declare module 'try-it:validators' {
  export const validators: import('@firstofficer/mock/engine').Validators;
}

declare module 'try-it:status-words' {
  /** The reason phrases of HTTP statuses, such as `Not Found`. */
  export const statusWords: Readonly<Record<string, string>>;
}
