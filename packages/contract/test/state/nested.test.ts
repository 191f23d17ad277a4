import { decodeSegment } from '@firstofficer/openapi';
import { expect, type TestContext, test } from 'vitest';
import { type Answer, type ReceivedRequest, verifyDescription } from '../verify.ts';

const DESCRIPTION = `
paths:
  /teams:
    post:
      operationId: createTeam
      requestBody: { required: true, content: { application/json: { schema: { $ref: '#/components/schemas/NewTeam' } } } }
      responses:
        '201': { description: Created., content: { application/json: { schema: { $ref: '#/components/schemas/Team' } } } }
        '400': { description: Invalid. }
  /teams/{team}:
    parameters: [{ name: team, in: path, required: true, schema: { type: string } }]
    get: { operationId: getTeam, responses: { '200': { description: A team., content: { application/json: { schema: { $ref: '#/components/schemas/Team' } } } }, '404': { description: None. } } }
    delete: { operationId: deleteTeam, responses: { '204': { description: Deleted. }, '404': { description: None. }, '409': { description: It has members. } } }
  /teams/{team}/members/{member}:
    parameters:
      - { name: team, in: path, required: true, schema: { type: string } }
      - { name: member, in: path, required: true, schema: { type: string, pattern: '^[a-z]{2,20}$' } }
    get: { operationId: getMember, responses: { '200': { description: A member., content: { application/json: { schema: { $ref: '#/components/schemas/Member' } } } }, '404': { description: None. } } }
    put:
      operationId: putMember
      requestBody: { required: true, content: { application/json: { schema: { $ref: '#/components/schemas/Member' } } } }
      responses:
        '200': { description: Replaced., content: { application/json: { schema: { $ref: '#/components/schemas/Member' } } } }
        '201': { description: Created., content: { application/json: { schema: { $ref: '#/components/schemas/Member' } } } }
        '400': { description: Invalid. }
        '404': { description: No team. }
    delete: { operationId: deleteMember, responses: { '204': { description: Deleted. }, '404': { description: None. } } }
components:
  schemas:
    NewTeam: { type: object, required: [name], properties: { name: { type: string, minLength: 1 } } }
    Team: { type: object, required: [team, name], properties: { team: { type: string }, name: { type: string } } }
    Member: { type: object, required: [role], properties: { role: { type: string, enum: [lead, guest] } } }
`;

type Value = Readonly<Record<string, unknown>>;

/** Creates a server with teams, whose members have IDs that the client chooses. */
function createTeamsServer() {
  const teams = new Map<string, { readonly team: Value; readonly members: Map<string, Value> }>();
  teams.set('t1', { team: { team: 't1', name: 'Foreign' }, members: new Map([['ann', { role: 'lead' }]]) });
  let last = 1;

  function answer({ method, url, body }: ReceivedRequest): Answer {
    const [, collection, id, kind, name] = url.pathname.split('/').map((segment) => decodeSegment(segment) ?? '');
    if (collection !== 'teams') return { status: 404 };
    const value = parse(body);
    if (id === undefined) {
      if (method !== 'POST') return { status: 405, headers: { Allow: 'POST' } };
      if (typeof value?.name !== 'string' || value.name === '') return { status: 400 };
      last += 1;
      const team = { team: `t${last}`, name: value.name };
      teams.set(team.team, { team, members: new Map() });
      return { status: 201, body: team };
    }
    const found = teams.get(id);
    if (kind === undefined) {
      if (!['GET', 'HEAD', 'DELETE'].includes(method)) return { status: 405, headers: { Allow: 'GET, HEAD, DELETE' } };
      if (!found) return { status: 404 };
      if (method !== 'DELETE') return { body: found.team };
      if (found.members.size > 0) return { status: 409 };
      teams.delete(id);
      return { status: 204 };
    }
    if (kind !== 'members' || name === undefined || !/^[a-z]{2,20}$/.test(name)) return { status: 404 };
    if (!['GET', 'HEAD', 'PUT', 'DELETE'].includes(method)) {
      return { status: 405, headers: { Allow: 'GET, HEAD, PUT, DELETE' } };
    }
    if (!found) return { status: 404 };
    const member = found.members.get(name);
    if (method === 'PUT') {
      if (value?.role !== 'lead' && value?.role !== 'guest') return { status: 400 };
      found.members.set(name, value);
      return { status: member ? 200 : 201, body: value };
    }
    if (!member) return { status: 404 };
    if (method !== 'DELETE') return { body: member };
    found.members.delete(name);
    return { status: 204 };
  }
  return { teams, answer };
}

function parse(text: string): Value | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Value) : undefined;
  } catch {
    return undefined;
  }
}

async function verifyTeams(
  context: TestContext,
  change: (answer: Answer, request: ReceivedRequest) => Answer = (answer) => answer,
) {
  const server = createTeamsServer();
  const answer = (request: ReceivedRequest) => change(server.answer(request), request);
  const result = await verifyDescription(context, { description: DESCRIPTION, answer, settleMs: 0 });
  return { ...result, teams: server.teams };
}

test('objects in an object of the run, with an ID that the client chooses, are created, checked and deleted', async (context) => {
  const { report, found, teams } = await verifyTeams(context);
  const passed = report.checks.filter(({ operation, status }) => operation === 'putMember' && status === 'passed');

  expect(found.filter(({ severity }) => severity === 'error')).toEqual([]);
  expect(report.verdict).toBe('passed');
  expect(passed.map(({ check }) => check)).toEqual(
    expect.arrayContaining(['created_retrievable', 'created_values', 'update_applied', 'deleted_gone']),
  );
  expect(Object.fromEntries(teams)).toEqual({
    t1: { team: { team: 't1', name: 'Foreign' }, members: new Map([['ann', { role: 'lead' }]]) },
  });
});

test('a member that is replaced by another value is found', async (context) => {
  const { found } = await verifyTeams(context, (answer, { method }) =>
    method === 'PUT' && answer.status === 200 ? { ...answer, body: { role: 'guest' } } : answer,
  );

  expect(found.filter(({ severity }) => severity === 'error').map(({ check }) => check)).toContain('update_applied');
});
