// Generated from spec/openapi.yaml by `pnpm generate`. Do not edit.
// @ts-nocheck: data.
import type { Operation } from '@firstofficer/openapi/browser';

export const SERVER_URL = "https://api.firstofficer.io";

export const operations: readonly Operation[] = [
  {
    "id": "retrieveCustomer",
    "method": "GET",
    "path": "/v2/customers/{customer}",
    "parameters": [
      {
        "name": "customer",
        "in": "path",
        "required": true,
        "description": "Identifies the customer by Stripe ID, FirstOfficer ID, extra ID\n([taken from Stripe metadata](https://www.firstofficer.io/activate_ext_id)) or email address, percent-encoded as\none path segment. Encode a slash in the identifier as `%2F`.\n\nThe API percent-decodes the identifier once and then matches it exactly: a prefix does not match, letter case\nand spaces matter, and `01340573` is not the same as `1340573`. If several customers match, the API returns the\nfirst match in this order: Stripe ID, FirstOfficer ID, extra ID, email address. If several customers match by\nthe same kind of identifier, it returns the one with the lowest FirstOfficer ID.\n",
        "schema": {
          "type": "string",
          "minLength": 1,
          "maxLength": 1024,
          "description": "The identifier before percent-encoding, 1 to 1,024 Unicode characters."
        },
        "examples": {
          "stripe_id": {
            "summary": "By Stripe ID",
            "value": "cus_1234ABCD"
          },
          "firstofficer_id": {
            "summary": "By FirstOfficer ID",
            "value": "1340573"
          },
          "extra_id": {
            "summary": "By extra ID",
            "value": "workspace-8812"
          },
          "email": {
            "summary": "By email address",
            "value": "jane+billing@example.com"
          },
          "lost_customer": {
            "summary": "A lost customer",
            "value": "cus_5678EFGH"
          },
          "zero_decimal_currency": {
            "summary": "A customer who pays in yen",
            "value": "cus_9012JKLM"
          },
          "unknown_customer": {
            "summary": "An unknown identifier",
            "value": "cus_0000ZZZZ"
          },
          "bad_identifier": {
            "summary": "An empty identifier",
            "value": ""
          }
        }
      }
    ],
    "responses": {
      "200": {
        "description": "The customer that has this identifier.",
        "headers": {
          "ETag": {
            "description": "Identifies the content of this response. It changes when the customer changes. Send it as `If-None-Match` to\nfind out whether the customer has changed.\n",
            "required": false,
            "schema": {
              "type": "string",
              "pattern": "^(W/)?\"[^\"]*\"$",
              "description": "An opaque string in double quotes."
            },
            "example": "\"33a64df551425fcc55e4d42a148795d9\""
          },
          "X-Request-Id": {
            "description": "Identifies this response in the log of the API. No two responses have the same ID. Send the ID to support if a\nresponse is not what you expect.\n",
            "required": false,
            "schema": {
              "type": "string",
              "pattern": "^\\S+$",
              "description": "An opaque string without spaces."
            },
            "example": "req_3f9a0c81d2-1a"
          },
          "Cache-Control": {
            "description": "Caches that several users share must not store the response, because it belongs to one account. A private cache,\nsuch as that of a browser, may store it, and asks the API whether it is still current before each use.\n",
            "required": false,
            "schema": {
              "type": "string",
              "description": "Cache directives, separated by commas."
            },
            "example": "private, no-cache"
          },
          "X-Content-Type-Options": {
            "description": "Browsers must not guess another media type than that of `Content-Type`.",
            "required": false,
            "schema": {
              "type": "string",
              "description": "Always `nosniff`."
            },
            "example": "nosniff"
          },
          "Strict-Transport-Security": {
            "description": "Browsers must send further requests over HTTPS. Only responses over HTTPS contain this header.",
            "required": false,
            "schema": {
              "type": "string",
              "description": "Directives, separated by semicolons. `max-age` is in seconds; 31,536,000 seconds are one year."
            },
            "example": "max-age=31536000"
          }
        },
        "content": {
          "application/json": {
            "schema": {
              "type": "object",
              "description": "A snapshot of one customer's metrics. A lost customer has a `current_subscription_count` of 0 and a\n`current_mrr` of 0. Whether a customer is lost depends on bookkeeping records, not on the current status of the\ncustomer's subscriptions in Stripe.\n",
              "required": [
                "object",
                "id",
                "stripe_id",
                "extra_id",
                "total_contract_value",
                "current_mrr",
                "current_subscription_count",
                "currency"
              ],
              "properties": {
                "object": {
                  "type": "string",
                  "const": "customer",
                  "description": "The type of the object. Always `customer`."
                },
                "id": {
                  "type": "integer",
                  "format": "int64",
                  "minimum": 1,
                  "maximum": 9007199254740991,
                  "description": "The customer's ID in FirstOfficer, at most 2^53−1."
                },
                "stripe_id": {
                  "type": "string",
                  "minLength": 1,
                  "description": "The customer's ID in Stripe. Most IDs begin with `cus_`, but customers that were imported into Stripe may\nhave other IDs. Treat the ID as an opaque string.\n"
                },
                "extra_id": {
                  "type": [
                    "string",
                    "null"
                  ],
                  "minLength": 1,
                  "description": "Your own ID for this customer, from [Stripe metadata](https://www.firstofficer.io/activate_ext_id), or null\nif there is none. Several customers may share an extra ID.\n"
                },
                "total_contract_value": {
                  "description": "The customer's realized lifetime value so far, in the smallest unit of `currency`. It includes all\npurchases with their taxes, after refunds and disputes. 0 means that there were no purchases, or that all\nof them were refunded.\n",
                  "type": "integer",
                  "format": "int64",
                  "minimum": -9007199254740991,
                  "maximum": 9007199254740991
                },
                "current_mrr": {
                  "description": "The current monthly recurring revenue (MRR), in the smallest unit of `currency`: what the customer has paid\nfor subscriptions whose paid period is not over, normalised to a month, with taxes and after discounts and\nrefunds. 0 for a lost customer.\n",
                  "type": "integer",
                  "format": "int64",
                  "minimum": -9007199254740991,
                  "maximum": 9007199254740991
                },
                "current_subscription_count": {
                  "type": "integer",
                  "format": "int64",
                  "minimum": 0,
                  "maximum": 9007199254740991,
                  "description": "The number of subscriptions that contribute to `current_mrr`. 0 means that the customer is lost. The number\nmay differ from the number of active subscriptions in Stripe.\n"
                },
                "currency": {
                  "type": "string",
                  "pattern": "^[a-z]{3}$",
                  "description": "The customer's currency as a three-letter ISO 4217 code in lowercase, such as `usd` or `eur`."
                }
              }
            },
            "examples": {
              "stripe_id": {
                "summary": "By Stripe ID",
                "value": {
                  "object": "customer",
                  "id": 1340573,
                  "stripe_id": "cus_1234ABCD",
                  "extra_id": null,
                  "total_contract_value": 629100,
                  "current_mrr": 69900,
                  "current_subscription_count": 1,
                  "currency": "usd"
                }
              },
              "firstofficer_id": {
                "summary": "By FirstOfficer ID",
                "value": {
                  "object": "customer",
                  "id": 1340573,
                  "stripe_id": "cus_1234ABCD",
                  "extra_id": null,
                  "total_contract_value": 629100,
                  "current_mrr": 69900,
                  "current_subscription_count": 1,
                  "currency": "usd"
                }
              },
              "extra_id": {
                "summary": "By extra ID",
                "value": {
                  "object": "customer",
                  "id": 1340618,
                  "stripe_id": "cus_3456DEFG",
                  "extra_id": "workspace-8812",
                  "total_contract_value": 348600,
                  "current_mrr": 49800,
                  "current_subscription_count": 2,
                  "currency": "eur"
                }
              },
              "email": {
                "summary": "By email address",
                "value": {
                  "object": "customer",
                  "id": 1340618,
                  "stripe_id": "cus_3456DEFG",
                  "extra_id": "workspace-8812",
                  "total_contract_value": 348600,
                  "current_mrr": 49800,
                  "current_subscription_count": 2,
                  "currency": "eur"
                }
              },
              "lost_customer": {
                "summary": "A lost customer",
                "value": {
                  "object": "customer",
                  "id": 1338204,
                  "stripe_id": "cus_5678EFGH",
                  "extra_id": null,
                  "total_contract_value": 178800,
                  "current_mrr": 0,
                  "current_subscription_count": 0,
                  "currency": "usd"
                }
              },
              "zero_decimal_currency": {
                "summary": "A customer who pays in yen",
                "value": {
                  "object": "customer",
                  "id": 1341377,
                  "stripe_id": "cus_9012JKLM",
                  "extra_id": null,
                  "total_contract_value": 58800,
                  "current_mrr": 9800,
                  "current_subscription_count": 1,
                  "currency": "jpy"
                }
              }
            }
          }
        },
        "links": {
          "byStripeId": {
            "operationId": "retrieveCustomer",
            "description": "Retrieves the same customer by its Stripe ID.",
            "parameters": {
              "customer": "$response.body#/stripe_id"
            }
          },
          "byFirstOfficerId": {
            "operationId": "retrieveCustomer",
            "description": "Retrieves the same customer by its FirstOfficer ID.",
            "parameters": {
              "customer": "$response.body#/id"
            }
          },
          "byExtraId": {
            "operationId": "retrieveCustomer",
            "description": "Retrieves the same customer by its extra ID, if it has one that no other customer shares.",
            "parameters": {
              "customer": "$response.body#/extra_id"
            }
          }
        }
      },
      "304": {
        "description": "The customer has not changed since the response whose `ETag` the request sent as `If-None-Match`. Use the\ncustomer of that response. This response has no body.\n",
        "headers": {
          "ETag": {
            "description": "Identifies the content of this response. It changes when the customer changes. Send it as `If-None-Match` to\nfind out whether the customer has changed.\n",
            "required": false,
            "schema": {
              "type": "string",
              "pattern": "^(W/)?\"[^\"]*\"$",
              "description": "An opaque string in double quotes."
            },
            "example": "\"33a64df551425fcc55e4d42a148795d9\""
          },
          "X-Request-Id": {
            "description": "Identifies this response in the log of the API. No two responses have the same ID. Send the ID to support if a\nresponse is not what you expect.\n",
            "required": false,
            "schema": {
              "type": "string",
              "pattern": "^\\S+$",
              "description": "An opaque string without spaces."
            },
            "example": "req_3f9a0c81d2-1a"
          },
          "Cache-Control": {
            "description": "Caches that several users share must not store the response, because it belongs to one account. A private cache,\nsuch as that of a browser, may store it, and asks the API whether it is still current before each use.\n",
            "required": false,
            "schema": {
              "type": "string",
              "description": "Cache directives, separated by commas."
            },
            "example": "private, no-cache"
          },
          "X-Content-Type-Options": {
            "description": "Browsers must not guess another media type than that of `Content-Type`.",
            "required": false,
            "schema": {
              "type": "string",
              "description": "Always `nosniff`."
            },
            "example": "nosniff"
          },
          "Strict-Transport-Security": {
            "description": "Browsers must send further requests over HTTPS. Only responses over HTTPS contain this header.",
            "required": false,
            "schema": {
              "type": "string",
              "description": "Directives, separated by semicolons. `max-age` is in seconds; 31,536,000 seconds are one year."
            },
            "example": "max-age=31536000"
          }
        }
      },
      "400": {
        "description": "The identifier is invalid: it is empty, is not valid percent-encoded UTF-8, or has more than 1,024 Unicode\ncharacters after decoding.\n",
        "headers": {
          "X-Request-Id": {
            "description": "Identifies this response in the log of the API. No two responses have the same ID. Send the ID to support if a\nresponse is not what you expect.\n",
            "required": false,
            "schema": {
              "type": "string",
              "pattern": "^\\S+$",
              "description": "An opaque string without spaces."
            },
            "example": "req_3f9a0c81d2-1a"
          },
          "Cache-Control": {
            "description": "Caches that several users share must not store the response, because it belongs to one account. A private cache,\nsuch as that of a browser, may store it, and asks the API whether it is still current before each use.\n",
            "required": false,
            "schema": {
              "type": "string",
              "description": "Cache directives, separated by commas."
            },
            "example": "private, no-cache"
          },
          "X-Content-Type-Options": {
            "description": "Browsers must not guess another media type than that of `Content-Type`.",
            "required": false,
            "schema": {
              "type": "string",
              "description": "Always `nosniff`."
            },
            "example": "nosniff"
          },
          "Strict-Transport-Security": {
            "description": "Browsers must send further requests over HTTPS. Only responses over HTTPS contain this header.",
            "required": false,
            "schema": {
              "type": "string",
              "description": "Directives, separated by semicolons. `max-age` is in seconds; 31,536,000 seconds are one year."
            },
            "example": "max-age=31536000"
          }
        },
        "content": {
          "application/json": {
            "schema": {
              "type": "object",
              "description": "The body of a 400, 401 or 429 response.",
              "required": [
                "error"
              ],
              "properties": {
                "error": {
                  "description": "What went wrong.",
                  "type": "object",
                  "required": [
                    "type",
                    "message"
                  ],
                  "properties": {
                    "type": {
                      "type": "string",
                      "const": "invalid_request_error",
                      "description": "The type of the error. Always `invalid_request_error`, because the request caused it. The HTTP status\nidentifies the cause.\n"
                    },
                    "message": {
                      "type": "string",
                      "minLength": 1,
                      "pattern": "\\S",
                      "description": "A human-readable message. Its wording may change, so do not compare it in code."
                    },
                    "param": {
                      "type": "string",
                      "minLength": 1,
                      "description": "The parameter that caused the error, if there is one."
                    }
                  }
                }
              }
            },
            "examples": {
              "bad_identifier": {
                "summary": "An empty identifier",
                "value": {
                  "error": {
                    "type": "invalid_request_error",
                    "message": "The customer identifier must be 1 to 1,024 characters, percent-encoded as UTF-8.",
                    "param": "customer"
                  }
                }
              }
            }
          }
        }
      },
      "401": {
        "description": "The request has no valid API key: the key is missing, wrong, or in a form that this API does not accept.\n",
        "headers": {
          "WWW-Authenticate": {
            "description": "The authentication schemes that this API accepts. RFC 9110 requires this header in a 401 response.",
            "required": true,
            "schema": {
              "type": "string",
              "pattern": "(^|[\\s,])([Bb][Aa][Ss][Ii][Cc]|[Tt][Oo][Kk][Ee][Nn])([\\s,]|$)",
              "description": "One or more challenges, separated by commas. At least one uses the scheme Basic or Token."
            },
            "example": "Basic realm=\"FirstOfficer\", Token realm=\"FirstOfficer\""
          },
          "X-Request-Id": {
            "description": "Identifies this response in the log of the API. No two responses have the same ID. Send the ID to support if a\nresponse is not what you expect.\n",
            "required": false,
            "schema": {
              "type": "string",
              "pattern": "^\\S+$",
              "description": "An opaque string without spaces."
            },
            "example": "req_3f9a0c81d2-1a"
          },
          "Cache-Control": {
            "description": "Caches that several users share must not store the response, because it belongs to one account. A private cache,\nsuch as that of a browser, may store it, and asks the API whether it is still current before each use.\n",
            "required": false,
            "schema": {
              "type": "string",
              "description": "Cache directives, separated by commas."
            },
            "example": "private, no-cache"
          },
          "X-Content-Type-Options": {
            "description": "Browsers must not guess another media type than that of `Content-Type`.",
            "required": false,
            "schema": {
              "type": "string",
              "description": "Always `nosniff`."
            },
            "example": "nosniff"
          },
          "Strict-Transport-Security": {
            "description": "Browsers must send further requests over HTTPS. Only responses over HTTPS contain this header.",
            "required": false,
            "schema": {
              "type": "string",
              "description": "Directives, separated by semicolons. `max-age` is in seconds; 31,536,000 seconds are one year."
            },
            "example": "max-age=31536000"
          }
        },
        "content": {
          "application/json": {
            "schema": {
              "type": "object",
              "description": "The body of a 400, 401 or 429 response.",
              "required": [
                "error"
              ],
              "properties": {
                "error": {
                  "description": "What went wrong.",
                  "type": "object",
                  "required": [
                    "type",
                    "message"
                  ],
                  "properties": {
                    "type": {
                      "type": "string",
                      "const": "invalid_request_error",
                      "description": "The type of the error. Always `invalid_request_error`, because the request caused it. The HTTP status\nidentifies the cause.\n"
                    },
                    "message": {
                      "type": "string",
                      "minLength": 1,
                      "pattern": "\\S",
                      "description": "A human-readable message. Its wording may change, so do not compare it in code."
                    },
                    "param": {
                      "type": "string",
                      "minLength": 1,
                      "description": "The parameter that caused the error, if there is one."
                    }
                  }
                }
              }
            },
            "examples": {
              "invalid_api_key": {
                "summary": "A missing or wrong API key",
                "value": {
                  "error": {
                    "type": "invalid_request_error",
                    "message": "Invalid API Key provided."
                  }
                }
              }
            }
          }
        }
      },
      "404": {
        "description": "No customer of this account has this identifier. `param` is always `customer`.",
        "headers": {
          "X-Request-Id": {
            "description": "Identifies this response in the log of the API. No two responses have the same ID. Send the ID to support if a\nresponse is not what you expect.\n",
            "required": false,
            "schema": {
              "type": "string",
              "pattern": "^\\S+$",
              "description": "An opaque string without spaces."
            },
            "example": "req_3f9a0c81d2-1a"
          },
          "Cache-Control": {
            "description": "Caches that several users share must not store the response, because it belongs to one account. A private cache,\nsuch as that of a browser, may store it, and asks the API whether it is still current before each use.\n",
            "required": false,
            "schema": {
              "type": "string",
              "description": "Cache directives, separated by commas."
            },
            "example": "private, no-cache"
          },
          "X-Content-Type-Options": {
            "description": "Browsers must not guess another media type than that of `Content-Type`.",
            "required": false,
            "schema": {
              "type": "string",
              "description": "Always `nosniff`."
            },
            "example": "nosniff"
          },
          "Strict-Transport-Security": {
            "description": "Browsers must send further requests over HTTPS. Only responses over HTTPS contain this header.",
            "required": false,
            "schema": {
              "type": "string",
              "description": "Directives, separated by semicolons. `max-age` is in seconds; 31,536,000 seconds are one year."
            },
            "example": "max-age=31536000"
          }
        },
        "content": {
          "application/json": {
            "schema": {
              "type": "object",
              "description": "The body of a 404 response.",
              "required": [
                "error"
              ],
              "properties": {
                "error": {
                  "description": "What went wrong.",
                  "allOf": [
                    {
                      "type": "object",
                      "description": "An error that the request caused.",
                      "required": [
                        "type",
                        "message"
                      ],
                      "properties": {
                        "type": {
                          "type": "string",
                          "const": "invalid_request_error",
                          "description": "The type of the error. Always `invalid_request_error`, because the request caused it. The HTTP status\nidentifies the cause.\n"
                        },
                        "message": {
                          "type": "string",
                          "minLength": 1,
                          "pattern": "\\S",
                          "description": "A human-readable message. Its wording may change, so do not compare it in code."
                        },
                        "param": {
                          "type": "string",
                          "minLength": 1,
                          "description": "The parameter that caused the error, if there is one."
                        }
                      }
                    },
                    {
                      "type": "object",
                      "description": "An error that always has `param`.",
                      "required": [
                        "param"
                      ],
                      "properties": {
                        "param": {
                          "type": "string",
                          "const": "customer",
                          "description": "The parameter that caused the error. Always `customer`."
                        }
                      }
                    }
                  ]
                }
              }
            },
            "examples": {
              "unknown_customer": {
                "summary": "An unknown identifier",
                "value": {
                  "error": {
                    "type": "invalid_request_error",
                    "message": "No such customer.",
                    "param": "customer"
                  }
                }
              }
            }
          }
        }
      },
      "429": {
        "description": "There were too many requests: with this API key, or without a valid API key from this client address. Retry the\nrequest after `Retry-After` seconds.\n",
        "headers": {
          "Retry-After": {
            "description": "The time to wait before you retry the request.",
            "required": true,
            "schema": {
              "type": "integer",
              "format": "int64",
              "minimum": 0,
              "maximum": 3600,
              "description": "Seconds to wait, at most 3,600 (one hour). 0 means that you can retry immediately."
            },
            "example": 1
          },
          "X-Request-Id": {
            "description": "Identifies this response in the log of the API. No two responses have the same ID. Send the ID to support if a\nresponse is not what you expect.\n",
            "required": false,
            "schema": {
              "type": "string",
              "pattern": "^\\S+$",
              "description": "An opaque string without spaces."
            },
            "example": "req_3f9a0c81d2-1a"
          },
          "Cache-Control": {
            "description": "Caches that several users share must not store the response, because it belongs to one account. A private cache,\nsuch as that of a browser, may store it, and asks the API whether it is still current before each use.\n",
            "required": false,
            "schema": {
              "type": "string",
              "description": "Cache directives, separated by commas."
            },
            "example": "private, no-cache"
          },
          "X-Content-Type-Options": {
            "description": "Browsers must not guess another media type than that of `Content-Type`.",
            "required": false,
            "schema": {
              "type": "string",
              "description": "Always `nosniff`."
            },
            "example": "nosniff"
          },
          "Strict-Transport-Security": {
            "description": "Browsers must send further requests over HTTPS. Only responses over HTTPS contain this header.",
            "required": false,
            "schema": {
              "type": "string",
              "description": "Directives, separated by semicolons. `max-age` is in seconds; 31,536,000 seconds are one year."
            },
            "example": "max-age=31536000"
          }
        },
        "content": {
          "application/json": {
            "schema": {
              "type": "object",
              "description": "The body of a 400, 401 or 429 response.",
              "required": [
                "error"
              ],
              "properties": {
                "error": {
                  "description": "What went wrong.",
                  "type": "object",
                  "required": [
                    "type",
                    "message"
                  ],
                  "properties": {
                    "type": {
                      "type": "string",
                      "const": "invalid_request_error",
                      "description": "The type of the error. Always `invalid_request_error`, because the request caused it. The HTTP status\nidentifies the cause.\n"
                    },
                    "message": {
                      "type": "string",
                      "minLength": 1,
                      "pattern": "\\S",
                      "description": "A human-readable message. Its wording may change, so do not compare it in code."
                    },
                    "param": {
                      "type": "string",
                      "minLength": 1,
                      "description": "The parameter that caused the error, if there is one."
                    }
                  }
                }
              }
            },
            "examples": {
              "too_many_requests": {
                "summary": "Too many requests",
                "value": {
                  "error": {
                    "type": "invalid_request_error",
                    "message": "Too many requests. Try again later."
                  }
                }
              }
            }
          }
        }
      },
      "503": {
        "description": "The API is temporarily unavailable: it cannot reach its data store, or the response takes too long. The cause is\nneither the API key nor the identifier. The API may return 503 before it checks the key, because the keys are in\nthe same data store. Retry the request after `Retry-After` seconds.\n",
        "headers": {
          "Retry-After": {
            "description": "The time to wait before you retry the request.",
            "required": true,
            "schema": {
              "type": "integer",
              "format": "int64",
              "minimum": 0,
              "maximum": 3600,
              "description": "Seconds to wait, at most 3,600 (one hour). 0 means that you can retry immediately."
            },
            "example": 1
          },
          "X-Request-Id": {
            "description": "Identifies this response in the log of the API. No two responses have the same ID. Send the ID to support if a\nresponse is not what you expect.\n",
            "required": false,
            "schema": {
              "type": "string",
              "pattern": "^\\S+$",
              "description": "An opaque string without spaces."
            },
            "example": "req_3f9a0c81d2-1a"
          },
          "Cache-Control": {
            "description": "Caches that several users share must not store the response, because it belongs to one account. A private cache,\nsuch as that of a browser, may store it, and asks the API whether it is still current before each use.\n",
            "required": false,
            "schema": {
              "type": "string",
              "description": "Cache directives, separated by commas."
            },
            "example": "private, no-cache"
          },
          "X-Content-Type-Options": {
            "description": "Browsers must not guess another media type than that of `Content-Type`.",
            "required": false,
            "schema": {
              "type": "string",
              "description": "Always `nosniff`."
            },
            "example": "nosniff"
          },
          "Strict-Transport-Security": {
            "description": "Browsers must send further requests over HTTPS. Only responses over HTTPS contain this header.",
            "required": false,
            "schema": {
              "type": "string",
              "description": "Directives, separated by semicolons. `max-age` is in seconds; 31,536,000 seconds are one year."
            },
            "example": "max-age=31536000"
          }
        },
        "content": {
          "application/json": {
            "schema": {
              "type": "object",
              "description": "The body of a 503 response.",
              "required": [
                "error"
              ],
              "properties": {
                "error": {
                  "description": "What went wrong.",
                  "type": "object",
                  "required": [
                    "type",
                    "message"
                  ],
                  "properties": {
                    "type": {
                      "type": "string",
                      "const": "api_error",
                      "description": "The type of the error. Always `api_error`, because the request did not cause it."
                    },
                    "message": {
                      "type": "string",
                      "minLength": 1,
                      "pattern": "\\S",
                      "description": "A human-readable message. Its wording may change, so do not compare it in code."
                    }
                  }
                }
              }
            },
            "examples": {
              "unavailable": {
                "summary": "The data store cannot be reached",
                "value": {
                  "error": {
                    "type": "api_error",
                    "message": "The service is temporarily unavailable. Try again."
                  }
                }
              }
            }
          }
        }
      }
    },
    "hasCallbacks": false,
    "security": [
      {
        "basicAuth": {
          "type": "http",
          "scheme": "basic",
          "description": "HTTP Basic, with the API key as the user name and an empty password.\n\n`curl https://api.firstofficer.io/v2/customers/cus_1234ABCD -u YourTokenHere:`\n"
        }
      },
      {
        "tokenAuth": {
          "type": "apiKey",
          "in": "header",
          "name": "Authorization",
          "description": "The API key as a quoted token in the header `Authorization`. If a tool asks for the API key of this scheme,\nenter the complete header value: `Token token=\"YourTokenHere\"`.\n\n`curl https://api.firstofficer.io/v2/customers/cus_1234ABCD -H 'Authorization: Token token=\"YourTokenHere\"'`\n"
        }
      }
    ],
    "definition": {}
  }
];
