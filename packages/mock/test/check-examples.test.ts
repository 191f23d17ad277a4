import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createTemporaryFolder } from '@firstofficer/common/testing';
import { expect, test } from 'vitest';
import { send, startTestMock } from './support.ts';

const TEXT = `openapi: 3.2.0
paths:
  /things:
    get:
      operationId: getThing
      responses:
        "200":
          description: A thing.
          content:
            application/json:
              schema: { $ref: "#/components/schemas/Thing" }
              examples:
                right: { value: { size: 1 } }
                shared: { $ref: "#/components/examples/Shared" }
                nested:
                  value:
                    size: 1
                    parts:
                      - size: 1
                      - size: big
            text/plain: { schema: { type: string, maxLength: 1 }, example: long }
            application/jsonl:
              itemSchema: { $ref: "#/components/schemas/Thing" }
              examples:
                lines: { dataValue: [{ size: 1 }, {}] }
    post:
      operationId: createThing
      responses:
        "201":
          description: A thing.
          content:
            application/json:
              schema: { $ref: "#/components/schemas/Thing" }
              examples: { shared: { $ref: "#/components/examples/Shared" } }
  /impossible:
    get:
      operationId: getNothing
      responses:
        "200":
          description: Nothing fits this schema.
          content: { application/json: { schema: { type: integer, minimum: 2, maximum: 1 } } }
components:
  schemas:
    Thing:
      type: object
      required: [size]
      properties:
        size: { type: integer }
        secret: { type: string, writeOnly: true }
        parts: { type: array, items: { $ref: "#/components/schemas/Thing" } }
  examples:
    Shared: { value: { size: large } }
`;

test('examples that do not fit their schema are reported with their line, at start and after a reload', async (context) => {
  const file = join(await createTemporaryFolder(context, { 'openapi.yaml': TEXT }), 'openapi.yaml');
  const warnings: string[] = [];
  const mock = await startTestMock({ spec: file, onWarning: (message) => warnings.push(message) });

  expect(warnings).toEqual([
    `${file}:52: The example shared of getThing, 200: size must be integer.`,
    `${file}:20: The example nested of getThing, 200: parts.1.size must be integer.`,
    `${file}:25: The example lines of getThing, 200: 1.size is missing.`,
    `${file}:52: The example shared of createThing, 201: size must be integer.`,
  ]);

  warnings.length = 0;
  await writeFile(file, TEXT.replace('size: large', 'size: 7').replace('size: big', 'size: 7'));
  await mock.reload();
  expect(warnings).toEqual([expect.stringContaining('lines')]);

  warnings.length = 0;
  expect((await send(mock, '/impossible')).status).toBe(200);
  await send(mock, '/impossible');
  expect(warnings).toEqual([
    expect.stringMatching(/^No body that fits the schema of getNothing, 200 could be generated: .* Add an example\.$/),
  ]);
});

test('the description of FirstOfficer has no such examples', async () => {
  await startTestMock({
    onWarning(message) {
      throw new Error(message);
    },
  });
});
