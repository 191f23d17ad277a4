// Generated from spec/test/deprecations.openapi.yaml by `pnpm generate`. Do not edit.

/** The URL of the first server in the description. */
export const SERVER_URL = "https://invoices.firstofficer.io";

/** The operations, by method and path. `errors` has the required strings of each documented error, by status. */
export const OPERATIONS = {
  "GET /v1/bills/{bill}": { id: "retrieveBill", errors: { 400: ["code","message"], 401: ["code","message"], 404: ["code","message"] }, deprecated: [["deprecated since 2026-11-01, removed on 2027-11-01. Use GET /v1/invoices/{invoice} instead."]] },
  "GET /v1/invoices": { id: "listInvoices", errors: { 400: ["code","message"], 401: ["code","message"] }, deprecated: [["the query parameter page_size is deprecated since 2026-10-01, removed on 2027-10-01. Use limit instead.","query","page_size"],["the header X-Language is deprecated since 2026-09-01, removed on 2027-09-01. Use language instead.","header","x-language"]] },
  "POST /v1/invoices": { id: "createInvoice", errors: { 400: ["code","message"], 401: ["code","message"] } },
  "GET /v1/invoices/{invoice}": { id: "retrieveInvoice", errors: { 400: ["code","message"], 401: ["code","message"], 404: ["code","message"] } },
} as const;

/**
 * The paths of the API's description and the operations of each.
 *
 * @example
 * type Retrieve = paths['/v2/customers/{customer}']['get'];
 */
export interface paths {
    "/v1/bills/{bill}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Retrieve a bill
         * @description Returns an invoice under its earlier name.
         * @deprecated since 2026-11-01, removed on 2027-11-01. Use `GET /v1/invoices/{invoice}` instead.
         */
        get: operations["retrieveBill"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/invoices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List invoices
         * @description Returns the newest invoices.
         */
        get: operations["listInvoices"];
        put?: never;
        /**
         * Create an invoice
         * @description Creates an invoice and returns it.
         */
        post: operations["createInvoice"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/invoices/{invoice}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Retrieve an invoice
         * @description Returns an invoice.
         */
        get: operations["retrieveInvoice"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
/**
 * The schemas, parameters, headers and responses that operations of the API's description share.
 *
 * @example
 * type Amount = components['schemas']['Amount'];
 */
export interface components {
    schemas: {
        /**
         * Format: int64
         * @description The total in cents: 69900 is $699.00.
         */
        Total: number;
        /** @description A request for a payment. */
        Invoice: {
            /** @description The ID of the invoice. */
            id: string;
            total: components["schemas"]["Total"];
            /**
             * Format: int64
             * @description The total in cents.
             * @deprecated since 2026-06-01, removed on 2027-06-01. Use `total` instead.
             */
            amount: number;
            /** @description A text for the customer, or null if there is none. */
            note: string | null;
        };
        /** @description The body of every error. */
        Error: {
            /** @description What is wrong. */
            error: {
                /** @description The code of the error. */
                code: string;
                /** @description A text for developers. */
                message: string;
            };
        };
    };
    responses: {
        /** @description The invoice that has this ID. */
        Invoice: {
            headers: {
                ETag: components["headers"]["ETag"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Invoice"];
            };
        };
        /** @description The invoice has not changed since the response with this ETag. */
        NotModified: {
            headers: {
                ETag: components["headers"]["ETag"];
                [name: string]: unknown;
            };
            content?: never;
        };
        /** @description The request is invalid, for example its ID. */
        InvalidRequest: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"];
            };
        };
        /** @description The API key is missing or wrong. */
        Unauthorized: {
            headers: {
                /**
                 * @description How to authenticate.
                 * @example Basic realm="Invoices"
                 */
                "WWW-Authenticate": string;
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"];
            };
        };
        /** @description No invoice has this ID. */
        UnknownInvoice: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"];
            };
        };
    };
    parameters: never;
    requestBodies: never;
    headers: {
        /**
         * @description Identifies the content of the response.
         * @example "33a64df5"
         */
        ETag: string;
        /**
         * @description The number of all invoices.
         * @example 2
         */
        TotalCount: number;
    };
    pathItems: never;
}
export type $defs = Record<string, never>;
/**
 * The operations of the API's description, by operationId.
 *
 * @example
 * type CustomerIdentifier = operations['retrieveCustomer']['parameters']['path']['customer'];
 */
export interface operations {
    /** @deprecated since 2026-11-01, removed on 2027-11-01. Use `GET /v1/invoices/{invoice}` instead. */
    retrieveBill: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ID of the invoice. */
                bill: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["Invoice"];
            304: components["responses"]["NotModified"];
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["UnknownInvoice"];
        };
    };
    listInvoices: {
        parameters: {
            query?: {
                /** @description The largest number of invoices to return. */
                limit?: number;
                /**
                 * @description The largest number of invoices to return.
                 * @deprecated since 2026-10-01, removed on 2027-10-01. Use `limit` instead.
                 */
                page_size?: number;
                /** @description The language of error messages. */
                language?: "en" | "de";
            };
            header?: {
                /**
                 * @description The language of error messages.
                 * @deprecated since 2026-09-01, removed on 2027-09-01. Use `language` instead.
                 */
                "X-Language"?: "en" | "de";
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The newest invoices, at most as many as asked for. */
            200: {
                headers: {
                    "X-Total-Count": components["headers"]["TotalCount"];
                    /**
                     * @description The number of all invoices.
                     * @deprecated since 2026-08-01, removed on 2027-08-01. Use `X-Total-Count` instead.
                     * @example 2
                     */
                    "X-Total"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The invoices. */
                        data: components["schemas"]["Invoice"][];
                    };
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthorized"];
        };
    };
    createInvoice: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    total: components["schemas"]["Total"];
                    /** @description A text for the customer. */
                    note?: string;
                    /**
                     * @description A text for the customer.
                     * @deprecated since 2026-07-01, removed on 2027-07-01. Use `note` instead.
                     */
                    memo?: string;
                };
            };
        };
        responses: {
            /** @description The new invoice, which is now open. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Invoice"];
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthorized"];
        };
    };
    retrieveInvoice: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ID of the invoice. */
                invoice: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["Invoice"];
            304: components["responses"]["NotModified"];
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["UnknownInvoice"];
        };
    };
}
