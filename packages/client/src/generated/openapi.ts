// Generated from spec/openapi.yaml by `pnpm generate`. Do not edit.

/** The first server of the description: the live API. */
export const SERVER_URL = "https://api.firstofficer.io";

/**
 * The paths of the API's description and the operations of each.
 *
 * @example
 * type Retrieve = paths['/v2/customers/{customer}']['get'];
 */
export interface paths {
    "/v2/customers/{customer}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Retrieve a customer
         * @description Returns the current snapshot of one customer's metrics.
         *
         *     The API key is checked first: without a valid key the answer is 401, whether or not the customer exists. Only
         *     a 503 may come before that, since it takes the data store to check a key.
         */
        get: operations["retrieveCustomer"];
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
         * @description A snapshot of one customer's metrics. Whether a customer counts as lost follows the bookkeeping, not Stripe: a
         *     lost customer has a `current_subscription_count` of 0 and a `current_mrr` of 0.
         */
        Customer: {
            /**
             * @description The kind of object. Always `customer`.
             * @constant
             */
            object: "customer";
            /**
             * Format: int64
             * @description The customer's ID in FirstOfficer, at most 2^53−1.
             */
            id: number;
            /**
             * @description The customer's ID in Stripe. Most begin with `cus_`, but accounts imported into Stripe keep IDs of their
             *     own making: treat it as opaque.
             */
            stripe_id: string;
            /**
             * @description The ID you gave this customer in [Stripe metadata](https://www.firstofficer.io/activate_ext_id); null if
             *     there is none. Several customers may share one.
             */
            extra_id: string | null;
            /**
             * @description The lifetime value realized by now, in the smallest unit of `currency`. It includes all purchases; 0 means
             *     that there were none.
             */
            total_contract_value: components["schemas"]["Amount"];
            /** @description Monthly recurring revenue in the current month, in the smallest unit of `currency`. 0 for a lost customer. */
            current_mrr: components["schemas"]["Amount"];
            /**
             * Format: int64
             * @description How many subscriptions contributed to MRR in the current month. 0 means that the customer is lost. It may
             *     differ from the number of subscriptions active in Stripe.
             */
            current_subscription_count: number;
            /** @description The customer's currency as a three-letter ISO 4217 code in lower case, such as `usd` or `eur`. */
            currency: string;
        };
        /**
         * Format: int64
         * @description An amount of money in the smallest unit of its currency: 629100 is $6,291.00 in `usd`, which has cents, and
         *     ¥629,100 in `jpy`, which has none. Never beyond ±(2^53−1), so a double holds it exactly.
         */
        Amount: number;
        /** @description The body of a 400 and of a 401. */
        ErrorResponse: {
            /** @description What went wrong. */
            error: components["schemas"]["ApiError"];
        };
        /** @description The body of a 404. */
        UnknownCustomerResponse: {
            /** @description What went wrong. */
            error: components["schemas"]["UnknownCustomerError"];
        };
        /** @description The body of a 503. */
        UnavailableResponse: {
            /** @description What went wrong. */
            error: components["schemas"]["UnavailableError"];
        };
        /** @description What went wrong with a request. */
        ApiError: {
            /**
             * @description The kind of error: the request is at fault. The HTTP status tells one cause from another.
             * @constant
             */
            type: "invalid_request_error";
            /** @description An explanation for people. Its wording may change; do not match on it. */
            message: string;
            /** @description The parameter at fault, if the error is about one. */
            param?: string;
        };
        /** @description An error about the parameter `customer`. */
        UnknownCustomerError: components["schemas"]["ApiError"] & {
            /**
             * @description The parameter at fault. Always `customer`.
             * @constant
             */
            param: "customer";
        };
        /** @description What went wrong in the API. The request may be in order. */
        UnavailableError: {
            /**
             * @description The kind of error. Always `api_error`, since the request was not invalid.
             * @constant
             */
            type: "api_error";
            /** @description An explanation for people. Its wording may change; do not match on it. */
            message: string;
        };
    };
    responses: {
        /**
         * @description The identifier cannot be read: it is empty, not valid percent-encoding of UTF-8, or longer than 1,024 Unicode
         *     characters once decoded.
         */
        InvalidIdentifier: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorResponse"];
            };
        };
        /** @description The request carries no valid API key: none at all, a wrong one, or one in a form this API does not accept. */
        Unauthorized: {
            headers: {
                "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorResponse"];
            };
        };
        /** @description No customer of this account has the identifier. `param` is always `customer`. */
        UnknownCustomer: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["UnknownCustomerResponse"];
            };
        };
        /**
         * @description The API cannot answer right now: its data store cannot be reached, or the answer takes too long. This says
         *     nothing about the key or the customer: keys are in the data store, too, so it may be answered before the key
         *     is checked. Send the request again after `Retry-After` seconds.
         */
        ServiceUnavailable: {
            headers: {
                "Retry-After": components["headers"]["RetryAfter"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["UnavailableResponse"];
            };
        };
    };
    parameters: {
        /**
         * @description Names the customer, percent-encoded as one path segment: by Stripe ID, by FirstOfficer ID, by extra ID
         *     ([taken from Stripe metadata](https://www.firstofficer.io/activate_ext_id)) or by e-mail address.
         *
         *     It is decoded once and then matched exactly: no prefixes, no change of case, no trimming, no reading of
         *     `01340573` as `1340573`. A slash within it is sent as `%2F`. If it fits several customers, the first match in
         *     this order wins: Stripe ID, FirstOfficer ID, extra ID, e-mail address. Ties go to the lowest FirstOfficer ID.
         */
        Customer: string;
    };
    requestBodies: never;
    headers: {
        /**
         * @description The challenge that RFC 9110 requires of a 401. It names the schemes this API accepts.
         * @example Basic realm="FirstOfficer", Token realm="FirstOfficer"
         */
        "WWW-Authenticate": string;
        /**
         * @description How long to wait before the request is sent again.
         * @example 1
         */
        RetryAfter: number;
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
    retrieveCustomer: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Names the customer, percent-encoded as one path segment: by Stripe ID, by FirstOfficer ID, by extra ID
                 *     ([taken from Stripe metadata](https://www.firstofficer.io/activate_ext_id)) or by e-mail address.
                 *
                 *     It is decoded once and then matched exactly: no prefixes, no change of case, no trimming, no reading of
                 *     `01340573` as `1340573`. A slash within it is sent as `%2F`. If it fits several customers, the first match in
                 *     this order wins: Stripe ID, FirstOfficer ID, extra ID, e-mail address. Ties go to the lowest FirstOfficer ID.
                 */
                customer: components["parameters"]["Customer"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The customer that the identifier names. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Customer"];
                };
            };
            400: components["responses"]["InvalidIdentifier"];
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["UnknownCustomer"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
}
