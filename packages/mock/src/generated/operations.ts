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
        "schema": {
          "type": "string",
          "minLength": 1,
          "maxLength": 1024
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
        "headers": {
          "ETag": {
            "required": false,
            "schema": {
              "type": "string",
              "pattern": "^(W/)?\"[^\"]*\"$"
            },
            "example": "\"33a64df551425fcc55e4d42a148795d9\""
          },
          "X-Request-Id": {
            "required": false,
            "schema": {
              "type": "string",
              "pattern": "^\\S+$"
            },
            "example": "req_3f9a0c81d2-1a"
          },
          "Cache-Control": {
            "required": false,
            "schema": {
              "type": "string"
            },
            "example": "private, no-cache"
          },
          "X-Content-Type-Options": {
            "required": false,
            "schema": {
              "type": "string"
            },
            "example": "nosniff"
          },
          "Strict-Transport-Security": {
            "required": false,
            "schema": {
              "type": "string"
            },
            "example": "max-age=31536000"
          }
        },
        "content": {
          "application/json": {
            "schema": {
              "type": "object",
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
                  "const": "customer"
                },
                "id": {
                  "type": "integer",
                  "format": "int64",
                  "minimum": 1,
                  "maximum": 9007199254740991
                },
                "stripe_id": {
                  "type": "string",
                  "minLength": 1
                },
                "extra_id": {
                  "type": [
                    "string",
                    "null"
                  ],
                  "minLength": 1
                },
                "total_contract_value": {
                  "type": "integer",
                  "format": "int64",
                  "minimum": -9007199254740991,
                  "maximum": 9007199254740991
                },
                "current_mrr": {
                  "type": "integer",
                  "format": "int64",
                  "minimum": -9007199254740991,
                  "maximum": 9007199254740991
                },
                "current_subscription_count": {
                  "type": "integer",
                  "format": "int64",
                  "minimum": 0,
                  "maximum": 9007199254740991
                },
                "currency": {
                  "type": "string",
                  "pattern": "^[a-z]{3}$"
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
        "headers": {
          "ETag": {
            "required": false,
            "schema": {
              "type": "string",
              "pattern": "^(W/)?\"[^\"]*\"$"
            },
            "example": "\"33a64df551425fcc55e4d42a148795d9\""
          },
          "X-Request-Id": {
            "required": false,
            "schema": {
              "type": "string",
              "pattern": "^\\S+$"
            },
            "example": "req_3f9a0c81d2-1a"
          },
          "Cache-Control": {
            "required": false,
            "schema": {
              "type": "string"
            },
            "example": "private, no-cache"
          },
          "X-Content-Type-Options": {
            "required": false,
            "schema": {
              "type": "string"
            },
            "example": "nosniff"
          },
          "Strict-Transport-Security": {
            "required": false,
            "schema": {
              "type": "string"
            },
            "example": "max-age=31536000"
          }
        }
      },
      "400": {
        "headers": {
          "X-Request-Id": {
            "required": false,
            "schema": {
              "type": "string",
              "pattern": "^\\S+$"
            },
            "example": "req_3f9a0c81d2-1a"
          },
          "Cache-Control": {
            "required": false,
            "schema": {
              "type": "string"
            },
            "example": "private, no-cache"
          },
          "X-Content-Type-Options": {
            "required": false,
            "schema": {
              "type": "string"
            },
            "example": "nosniff"
          },
          "Strict-Transport-Security": {
            "required": false,
            "schema": {
              "type": "string"
            },
            "example": "max-age=31536000"
          }
        },
        "content": {
          "application/json": {
            "schema": {
              "type": "object",
              "required": [
                "error"
              ],
              "properties": {
                "error": {
                  "type": "object",
                  "required": [
                    "type",
                    "message"
                  ],
                  "properties": {
                    "type": {
                      "type": "string",
                      "const": "invalid_request_error"
                    },
                    "message": {
                      "type": "string",
                      "minLength": 1,
                      "pattern": "\\S"
                    },
                    "param": {
                      "type": "string",
                      "minLength": 1
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
        "headers": {
          "WWW-Authenticate": {
            "required": true,
            "schema": {
              "type": "string",
              "pattern": "(^|[\\s,])([Bb][Aa][Ss][Ii][Cc]|[Tt][Oo][Kk][Ee][Nn])([\\s,]|$)"
            },
            "example": "Basic realm=\"FirstOfficer\", Token realm=\"FirstOfficer\""
          },
          "X-Request-Id": {
            "required": false,
            "schema": {
              "type": "string",
              "pattern": "^\\S+$"
            },
            "example": "req_3f9a0c81d2-1a"
          },
          "Cache-Control": {
            "required": false,
            "schema": {
              "type": "string"
            },
            "example": "private, no-cache"
          },
          "X-Content-Type-Options": {
            "required": false,
            "schema": {
              "type": "string"
            },
            "example": "nosniff"
          },
          "Strict-Transport-Security": {
            "required": false,
            "schema": {
              "type": "string"
            },
            "example": "max-age=31536000"
          }
        },
        "content": {
          "application/json": {
            "schema": {
              "type": "object",
              "required": [
                "error"
              ],
              "properties": {
                "error": {
                  "type": "object",
                  "required": [
                    "type",
                    "message"
                  ],
                  "properties": {
                    "type": {
                      "type": "string",
                      "const": "invalid_request_error"
                    },
                    "message": {
                      "type": "string",
                      "minLength": 1,
                      "pattern": "\\S"
                    },
                    "param": {
                      "type": "string",
                      "minLength": 1
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
        "headers": {
          "X-Request-Id": {
            "required": false,
            "schema": {
              "type": "string",
              "pattern": "^\\S+$"
            },
            "example": "req_3f9a0c81d2-1a"
          },
          "Cache-Control": {
            "required": false,
            "schema": {
              "type": "string"
            },
            "example": "private, no-cache"
          },
          "X-Content-Type-Options": {
            "required": false,
            "schema": {
              "type": "string"
            },
            "example": "nosniff"
          },
          "Strict-Transport-Security": {
            "required": false,
            "schema": {
              "type": "string"
            },
            "example": "max-age=31536000"
          }
        },
        "content": {
          "application/json": {
            "schema": {
              "type": "object",
              "required": [
                "error"
              ],
              "properties": {
                "error": {
                  "allOf": [
                    {
                      "type": "object",
                      "required": [
                        "type",
                        "message"
                      ],
                      "properties": {
                        "type": {
                          "type": "string",
                          "const": "invalid_request_error"
                        },
                        "message": {
                          "type": "string",
                          "minLength": 1,
                          "pattern": "\\S"
                        },
                        "param": {
                          "type": "string",
                          "minLength": 1
                        }
                      }
                    },
                    {
                      "type": "object",
                      "required": [
                        "param"
                      ],
                      "properties": {
                        "param": {
                          "type": "string",
                          "const": "customer"
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
        "headers": {
          "Retry-After": {
            "required": true,
            "schema": {
              "type": "integer",
              "format": "int64",
              "minimum": 0,
              "maximum": 3600
            },
            "example": 1
          },
          "X-Request-Id": {
            "required": false,
            "schema": {
              "type": "string",
              "pattern": "^\\S+$"
            },
            "example": "req_3f9a0c81d2-1a"
          },
          "Cache-Control": {
            "required": false,
            "schema": {
              "type": "string"
            },
            "example": "private, no-cache"
          },
          "X-Content-Type-Options": {
            "required": false,
            "schema": {
              "type": "string"
            },
            "example": "nosniff"
          },
          "Strict-Transport-Security": {
            "required": false,
            "schema": {
              "type": "string"
            },
            "example": "max-age=31536000"
          }
        },
        "content": {
          "application/json": {
            "schema": {
              "type": "object",
              "required": [
                "error"
              ],
              "properties": {
                "error": {
                  "type": "object",
                  "required": [
                    "type",
                    "message"
                  ],
                  "properties": {
                    "type": {
                      "type": "string",
                      "const": "invalid_request_error"
                    },
                    "message": {
                      "type": "string",
                      "minLength": 1,
                      "pattern": "\\S"
                    },
                    "param": {
                      "type": "string",
                      "minLength": 1
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
        "headers": {
          "Retry-After": {
            "required": true,
            "schema": {
              "type": "integer",
              "format": "int64",
              "minimum": 0,
              "maximum": 3600
            },
            "example": 1
          },
          "X-Request-Id": {
            "required": false,
            "schema": {
              "type": "string",
              "pattern": "^\\S+$"
            },
            "example": "req_3f9a0c81d2-1a"
          },
          "Cache-Control": {
            "required": false,
            "schema": {
              "type": "string"
            },
            "example": "private, no-cache"
          },
          "X-Content-Type-Options": {
            "required": false,
            "schema": {
              "type": "string"
            },
            "example": "nosniff"
          },
          "Strict-Transport-Security": {
            "required": false,
            "schema": {
              "type": "string"
            },
            "example": "max-age=31536000"
          }
        },
        "content": {
          "application/json": {
            "schema": {
              "type": "object",
              "required": [
                "error"
              ],
              "properties": {
                "error": {
                  "type": "object",
                  "required": [
                    "type",
                    "message"
                  ],
                  "properties": {
                    "type": {
                      "type": "string",
                      "const": "api_error"
                    },
                    "message": {
                      "type": "string",
                      "minLength": 1,
                      "pattern": "\\S"
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
          "scheme": "basic"
        }
      },
      {
        "tokenAuth": {
          "type": "apiKey",
          "in": "header",
          "name": "Authorization"
        }
      }
    ],
    "definition": {}
  }
];
