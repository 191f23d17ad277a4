// Generated from spec/openapi.yaml by `pnpm generate`. Do not edit.

/** The URL of the first server in the description. */
export const SERVER_URL = "https://api.firstofficer.io";

/** The operations, by method and path. `errors` has the required strings of each documented error, by status. */
export const OPERATIONS = {
  "GET /v2/customers/{customer}": { id: "retrieveCustomer", errors: { 400: ["type","message"], 401: ["type","message"], 404: ["type","message","param"], 429: ["type","message"], 503: ["type","message"] } },
} as const;

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
         *     The API checks the key first: a request without a valid key gets 401, whether or not the customer exists. Only
         *     429 and 503 can occur before this check, because the API limits attempts to guess a key, and needs its data
         *     store to check one.
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
         * @description A snapshot of one customer's metrics. A lost customer has a `current_subscription_count` of 0 and a
         *     `current_mrr` of 0. Whether a customer is lost depends on bookkeeping records, not on the current status of the
         *     customer's subscriptions in Stripe.
         */
        Customer: {
            /**
             * @description The type of the object. Always `customer`.
             * @constant
             */
            object: "customer";
            /**
             * Format: int64
             * @description The customer's ID in FirstOfficer.
             */
            id: number;
            /**
             * @description The customer's ID in Stripe. Most IDs begin with `cus_`, but customers that were imported into Stripe may
             *     have other IDs. Treat the ID as an opaque string.
             */
            stripe_id: string;
            /**
             * @description Your own ID for this customer, from [Stripe metadata](https://www.firstofficer.io/activate_ext_id), or null
             *     if there is none. Several customers may share an extra ID.
             */
            extra_id: string | null;
            /**
             * @description The customer's realized lifetime value so far, in the smallest unit of `currency`. It includes all
             *     purchases with their taxes, after refunds and disputes. 0 means that there were no purchases, or that all
             *     of them were refunded.
             */
            total_contract_value: components["schemas"]["Amount"];
            /**
             * @description The current monthly recurring revenue (MRR), in the smallest unit of `currency`: what the customer has paid
             *     for subscriptions whose paid period is not over, normalised to a month, with taxes and after discounts and
             *     refunds. 0 for a lost customer.
             */
            current_mrr: components["schemas"]["Amount"];
            /**
             * Format: int64
             * @description The number of subscriptions that contribute to `current_mrr`. 0 means that the customer is lost. The number
             *     may differ from the number of active subscriptions in Stripe.
             */
            current_subscription_count: number;
            /** @description The customer's currency as a three-letter ISO 4217 code in lowercase, such as `usd` or `eur`. */
            currency: string;
        };
        /**
         * Format: int64
         * @description An amount of money in the smallest unit of its currency: 629100 is $6,291.00 in `usd`, whose smallest unit is a
         *     cent, and ¥629,100 in `jpy`, whose smallest unit is a yen. Amounts are at most 9,007,199,254,740,991 and at
         *     least −9,007,199,254,740,991, so a double-precision number represents them exactly.
         */
        Amount: number;
        /** @description The body of a 400, 401 or 429 response. */
        ErrorResponse: {
            /** @description What went wrong. */
            error: components["schemas"]["ApiError"];
        };
        /** @description The body of a 404 response. */
        UnknownCustomerResponse: {
            /** @description What went wrong. */
            error: components["schemas"]["UnknownCustomerError"];
        };
        /** @description The body of a 503 response. */
        UnavailableResponse: {
            /** @description What went wrong. */
            error: components["schemas"]["UnavailableError"];
        };
        /** @description An error that the request caused. */
        ApiError: {
            /**
             * @description The type of the error. Always `invalid_request_error`, because the request caused it. The HTTP status
             *     identifies the cause.
             * @constant
             */
            type: "invalid_request_error";
            /** @description A human-readable message. Its wording may change, so do not compare it in code. */
            message: string;
            /** @description The parameter that caused the error, if there is one. */
            param?: string;
        };
        /** @description The error if no customer has the identifier. */
        UnknownCustomerError: components["schemas"]["ApiError"] & {
            /**
             * @description The parameter that caused the error. Always `customer`.
             * @constant
             */
            param: "customer";
        };
        /** @description An error in the API. The request itself may be valid. */
        UnavailableError: {
            /**
             * @description The type of the error. Always `api_error`, because the request did not cause it.
             * @constant
             */
            type: "api_error";
            /** @description A human-readable message. Its wording may change, so do not compare it in code. */
            message: string;
        };
    };
    responses: {
        /**
         * @description The customer has not changed since the response whose `ETag` the request sent as `If-None-Match`. Use the
         *     customer of that response. This response has no body.
         */
        NotModified: {
            headers: {
                ETag: components["headers"]["ETag"];
                "X-Request-Id": components["headers"]["RequestId"];
                "Cache-Control": components["headers"]["CacheControl"];
                "X-Content-Type-Options": components["headers"]["ContentTypeOptions"];
                "Strict-Transport-Security": components["headers"]["StrictTransportSecurity"];
                [name: string]: unknown;
            };
            content?: never;
        };
        /**
         * @description The identifier is invalid: it is empty, is not valid percent-encoded UTF-8, or has more than 1,024 Unicode
         *     characters after decoding.
         */
        InvalidIdentifier: {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                "Cache-Control": components["headers"]["CacheControl"];
                "X-Content-Type-Options": components["headers"]["ContentTypeOptions"];
                "Strict-Transport-Security": components["headers"]["StrictTransportSecurity"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorResponse"];
            };
        };
        /** @description The request has no valid API key: the key is missing, wrong, or in a form that this API does not accept. */
        Unauthorized: {
            headers: {
                "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                "X-Request-Id": components["headers"]["RequestId"];
                "Cache-Control": components["headers"]["CacheControl"];
                "X-Content-Type-Options": components["headers"]["ContentTypeOptions"];
                "Strict-Transport-Security": components["headers"]["StrictTransportSecurity"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorResponse"];
            };
        };
        /** @description No customer of this account has this identifier. `param` is always `customer`. */
        UnknownCustomer: {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                "Cache-Control": components["headers"]["CacheControl"];
                "X-Content-Type-Options": components["headers"]["ContentTypeOptions"];
                "Strict-Transport-Security": components["headers"]["StrictTransportSecurity"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["UnknownCustomerResponse"];
            };
        };
        /**
         * @description There were too many requests: with this API key, or without a valid API key from this client address. Retry the
         *     request after `Retry-After` seconds.
         */
        TooManyRequests: {
            headers: {
                "Retry-After": components["headers"]["RetryAfter"];
                "X-Request-Id": components["headers"]["RequestId"];
                "Cache-Control": components["headers"]["CacheControl"];
                "X-Content-Type-Options": components["headers"]["ContentTypeOptions"];
                "Strict-Transport-Security": components["headers"]["StrictTransportSecurity"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorResponse"];
            };
        };
        /**
         * @description The API is temporarily unavailable: it cannot reach its data store, or the response takes too long. The cause is
         *     neither the API key nor the identifier. The API may return 503 before it checks the key, because the keys are in
         *     the same data store. Retry the request after `Retry-After` seconds.
         */
        ServiceUnavailable: {
            headers: {
                "Retry-After": components["headers"]["RetryAfter"];
                "X-Request-Id": components["headers"]["RequestId"];
                "Cache-Control": components["headers"]["CacheControl"];
                "X-Content-Type-Options": components["headers"]["ContentTypeOptions"];
                "Strict-Transport-Security": components["headers"]["StrictTransportSecurity"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["UnavailableResponse"];
            };
        };
    };
    parameters: {
        /**
         * @description Identifies the customer by Stripe ID, FirstOfficer ID, extra ID
         *     ([taken from Stripe metadata](https://www.firstofficer.io/activate_ext_id)) or email address, percent-encoded as
         *     one path segment. Encode a slash in the identifier as `%2F`.
         *
         *     The API percent-decodes the identifier once and then matches it exactly: a prefix does not match, letter case
         *     and spaces matter, and `01340573` is not the same as `1340573`. If several customers match, the API returns the
         *     first match in this order: Stripe ID, FirstOfficer ID, extra ID, email address. If several customers match by
         *     the same kind of identifier, it returns the one with the lowest FirstOfficer ID.
         */
        Customer: string;
        /**
         * @description The `ETag` of an earlier response for this customer. If the customer has not changed since then, the API returns
         *     304 without a body. Several ETags are separated by commas, and `*` matches every customer.
         * @example "33a64df551425fcc55e4d42a148795d9"
         */
        IfNoneMatch: string;
    };
    requestBodies: never;
    headers: {
        /**
         * @description Identifies this response in the log of the API. No two responses have the same ID. Send the ID to support if a
         *     response is not what you expect.
         * @example req_3f9a0c81d2-1a
         */
        RequestId: string;
        /**
         * @description Identifies the content of this response. It changes when the customer changes. Send it as `If-None-Match` to
         *     find out whether the customer has changed.
         * @example "33a64df551425fcc55e4d42a148795d9"
         */
        ETag: string;
        /**
         * @description Caches that several users share must not store the response, because it belongs to one account. A private cache,
         *     such as that of a browser, may store it, and asks the API whether it is still current before each use.
         * @example private, no-cache
         */
        CacheControl: string;
        /**
         * @description Browsers must not guess another media type than that of `Content-Type`.
         * @example nosniff
         */
        ContentTypeOptions: string;
        /**
         * @description Browsers must send further requests over HTTPS. Only responses over HTTPS contain this header.
         * @example max-age=31536000
         */
        StrictTransportSecurity: string;
        /**
         * @description The authentication schemes that this API accepts. RFC 9110 requires this header in a 401 response.
         * @example Basic realm="FirstOfficer", Token realm="FirstOfficer"
         */
        "WWW-Authenticate": string;
        /**
         * @description The time to wait before you retry the request.
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
            header?: {
                /**
                 * @description The `ETag` of an earlier response for this customer. If the customer has not changed since then, the API returns
                 *     304 without a body. Several ETags are separated by commas, and `*` matches every customer.
                 * @example "33a64df551425fcc55e4d42a148795d9"
                 */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path: {
                /**
                 * @description Identifies the customer by Stripe ID, FirstOfficer ID, extra ID
                 *     ([taken from Stripe metadata](https://www.firstofficer.io/activate_ext_id)) or email address, percent-encoded as
                 *     one path segment. Encode a slash in the identifier as `%2F`.
                 *
                 *     The API percent-decodes the identifier once and then matches it exactly: a prefix does not match, letter case
                 *     and spaces matter, and `01340573` is not the same as `1340573`. If several customers match, the API returns the
                 *     first match in this order: Stripe ID, FirstOfficer ID, extra ID, email address. If several customers match by
                 *     the same kind of identifier, it returns the one with the lowest FirstOfficer ID.
                 */
                customer: components["parameters"]["Customer"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The customer that has this identifier. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Cache-Control": components["headers"]["CacheControl"];
                    "X-Content-Type-Options": components["headers"]["ContentTypeOptions"];
                    "Strict-Transport-Security": components["headers"]["StrictTransportSecurity"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Customer"];
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["InvalidIdentifier"];
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["UnknownCustomer"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
}
