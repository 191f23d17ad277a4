// Generated from spec/test/notes.openapi.yaml by `pnpm generate`. Do not edit.

/** The URL of the first server in the description. */
export const SERVER_URL = "https://notes.example.com";

/** The operations, by method and path. `errors` has the required strings of each documented error, by status. */
export const OPERATIONS = {
  "GET /v1/notes": { id: "listNotes", errors: { 400: ["code","message"], 401: ["code","message"] } },
  "POST /v1/notes": { id: "createNote", errors: { 400: ["code","message"], 401: ["code","message"] } },
  "DELETE /v1/notes/{note}": { id: "deleteNote", errors: { 400: ["code","message"], 401: ["code","message"], 404: ["code","message"] } },
} as const;

/**
 * The paths of the API's description and the operations of each.
 *
 * @example
 * type Retrieve = paths['/v2/customers/{customer}']['get'];
 */
export interface paths {
    "/v1/notes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List notes
         * @description Returns a page of notes, oldest first. Pass the `id` of the last note as `starting_after` to get the next page.
         */
        get: operations["listNotes"];
        put?: never;
        /**
         * Create a note
         * @description Creates a note and returns it.
         */
        post: operations["createNote"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/notes/{note}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Delete a note
         * @description Deletes a note. It cannot be restored.
         */
        delete: operations["deleteNote"];
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
        NoteId: string;
        Note: {
            /** @constant */
            object: "note";
            id: components["schemas"]["NoteId"];
            text: string;
        };
        Error: {
            error: {
                code: string;
                message: string;
            };
        };
    };
    responses: {
        /** @description The API key is missing or wrong. */
        Unauthorized: {
            headers: {
                /**
                 * @description How to authenticate.
                 * @example Basic realm="Notes"
                 */
                "WWW-Authenticate": string;
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"];
            };
        };
        /** @description A parameter of the list is invalid. */
        InvalidPage: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"];
            };
        };
        /** @description The body is not a valid note. */
        InvalidNote: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"];
            };
        };
        /** @description The ID is invalid. */
        InvalidNoteId: {
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
    headers: never;
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
    listNotes: {
        parameters: {
            query?: {
                /** @description The largest number of notes to return. */
                limit?: number;
                /** @description The ID of the note after which the page begins. */
                starting_after?: components["schemas"]["NoteId"];
            };
            header?: {
                /** @description The language of error messages. */
                "X-Language"?: "en" | "de";
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of notes. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @constant */
                        object: "list";
                        data: components["schemas"]["Note"][];
                        /** @description Whether there is a next page. */
                        has_more: boolean;
                    };
                };
            };
            400: components["responses"]["InvalidPage"];
            401: components["responses"]["Unauthorized"];
        };
    };
    createNote: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    text: string;
                    pinned?: boolean;
                };
            };
        };
        responses: {
            /** @description The new note. */
            201: {
                headers: {
                    /**
                     * @description The path of the note.
                     * @example /v1/notes/note_3
                     */
                    Location: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Note"];
                };
            };
            400: components["responses"]["InvalidNote"];
            401: components["responses"]["Unauthorized"];
        };
    };
    deleteNote: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ID of the note. */
                note: components["schemas"]["NoteId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The note is deleted. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["InvalidNoteId"];
            401: components["responses"]["Unauthorized"];
            /** @description No note has the ID. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
}
