/** The only key a mock accepts unless told otherwise: the one in the API's own examples. */
export const DEFAULT_TOKEN = 'YourTokenHere';
