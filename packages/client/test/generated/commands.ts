// Generated from spec/test/notes.openapi.yaml by `pnpm generate`. Do not edit.

/** The commands of the operations, by tag. */
export const GROUPS = [
  {
    "name": "notes",
    "description": "A note is a short text that a colleague wrote.",
    "commands": [
      {
        "name": "list",
        "method": "GET",
        "path": "/v1/notes",
        "summary": "List notes",
        "description": "Returns a page of notes, oldest first. Pass the `id` of the last note as `starting_after` to get the next page.",
        "example": "--limit 2 --x-language en",
        "arguments": [],
        "options": [
          {
            "flag": "limit",
            "name": "limit",
            "in": "query",
            "type": "integer",
            "isRequired": false,
            "description": "The largest number of notes to return."
          },
          {
            "flag": "starting-after",
            "name": "starting_after",
            "in": "query",
            "type": "string",
            "isRequired": false,
            "description": "The ID of the note after which the page begins."
          },
          {
            "flag": "x-language",
            "name": "X-Language",
            "in": "header",
            "type": "string",
            "isRequired": false,
            "description": "The language of error messages.",
            "choices": [
              "en",
              "de"
            ]
          }
        ],
        "object": "list",
        "rows": "data",
        "footer": [
          {
            "name": "has_more",
            "label": "Has more"
          }
        ],
        "columns": [
          {
            "name": "id",
            "label": "ID"
          },
          {
            "name": "text",
            "label": "Text"
          }
        ]
      },
      {
        "name": "create",
        "method": "POST",
        "path": "/v1/notes",
        "summary": "Create a note",
        "description": "Creates a note and returns it.",
        "example": "--data '{\"text\":\"Renews in May\"}'",
        "arguments": [],
        "options": [],
        "body": {
          "required": true
        },
        "object": "note",
        "columns": [
          {
            "name": "id",
            "label": "ID"
          },
          {
            "name": "text",
            "label": "Text"
          }
        ]
      },
      {
        "name": "delete",
        "method": "DELETE",
        "path": "/v1/notes/{note}",
        "summary": "Delete a note",
        "description": "Deletes a note. It cannot be restored.",
        "example": "note_1",
        "arguments": [
          {
            "name": "note",
            "description": "The ID of the note."
          }
        ],
        "options": [],
        "columns": []
      }
    ]
  }
] as const;
