// Generated from spec/test/deprecations.openapi.yaml by `pnpm generate`. Do not edit.

/** The commands of the operations, by tag. */
export const GROUPS = [
  {
    "name": "invoices",
    "description": "An invoice asks a customer for a payment.",
    "commands": [
      {
        "name": "retrieve-bill",
        "method": "GET",
        "path": "/v1/bills/{bill}",
        "summary": "Retrieve a bill",
        "description": "Returns an invoice under its earlier name.",
        "example": "inv_1",
        "arguments": [
          {
            "name": "bill",
            "description": "The ID of the invoice."
          }
        ],
        "options": [],
        "columns": [
          {
            "name": "id",
            "label": "ID"
          },
          {
            "name": "total",
            "label": "Total"
          },
          {
            "name": "amount",
            "label": "Amount"
          },
          {
            "name": "note",
            "label": "Note"
          }
        ],
        "deprecated": "deprecated since 2026-11-01, removed on 2027-11-01. Use invoices retrieve instead."
      },
      {
        "name": "list",
        "method": "GET",
        "path": "/v1/invoices",
        "summary": "List invoices",
        "description": "Returns the newest invoices.",
        "example": "--limit 2",
        "arguments": [],
        "options": [
          {
            "flag": "limit",
            "name": "limit",
            "in": "query",
            "type": "integer",
            "isRequired": false,
            "description": "The largest number of invoices to return."
          },
          {
            "flag": "page-size",
            "name": "page_size",
            "in": "query",
            "type": "integer",
            "isRequired": false,
            "description": "The largest number of invoices to return.",
            "deprecated": "deprecated since 2026-10-01, removed on 2027-10-01. Use --limit instead."
          },
          {
            "flag": "language",
            "name": "language",
            "in": "query",
            "type": "string",
            "isRequired": false,
            "description": "The language of error messages.",
            "choices": [
              "en",
              "de"
            ]
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
            ],
            "deprecated": "deprecated since 2026-09-01, removed on 2027-09-01. Use --language instead."
          }
        ],
        "rows": "data",
        "footer": [],
        "columns": [
          {
            "name": "id",
            "label": "ID"
          },
          {
            "name": "total",
            "label": "Total"
          },
          {
            "name": "amount",
            "label": "Amount"
          },
          {
            "name": "note",
            "label": "Note"
          }
        ]
      },
      {
        "name": "create",
        "method": "POST",
        "path": "/v1/invoices",
        "summary": "Create an invoice",
        "description": "Creates an invoice and returns it.",
        "example": "--data '{\"total\":69900,\"note\":\"Thank you\"}'",
        "arguments": [],
        "options": [],
        "body": {
          "required": true
        },
        "columns": [
          {
            "name": "id",
            "label": "ID"
          },
          {
            "name": "total",
            "label": "Total"
          },
          {
            "name": "amount",
            "label": "Amount"
          },
          {
            "name": "note",
            "label": "Note"
          }
        ]
      },
      {
        "name": "retrieve",
        "method": "GET",
        "path": "/v1/invoices/{invoice}",
        "summary": "Retrieve an invoice",
        "description": "Returns an invoice.",
        "example": "inv_1",
        "arguments": [
          {
            "name": "invoice",
            "description": "The ID of the invoice."
          }
        ],
        "options": [],
        "columns": [
          {
            "name": "id",
            "label": "ID"
          },
          {
            "name": "total",
            "label": "Total"
          },
          {
            "name": "amount",
            "label": "Amount"
          },
          {
            "name": "note",
            "label": "Note"
          }
        ]
      }
    ]
  }
] as const;
