import { expect, test } from 'vitest';
import { getPath, isSuccess, listItems } from '../../src/state/objects.ts';
import { loadPets } from './exchanges.ts';

test('an object exists from its creation until it is deleted', async (context) => {
  const { store, operation, exchange, resource } = await loadPets(context);
  const pet = store.observe(exchange('createPet', { status: 201, json: { id: 7 } }));

  expect(pet).toMatchObject({ resource: resource('pet') });
  if (!pet) return;
  expect(store.locate(pet)).toBe('/pets/7');
  expect(pet.parametersFor(operation('putPet'))).toEqual({ id: 7 });
  expect(store.has(pet)).toBe(true);
  expect(store.find(operation('putPet'), '/pets/7')).toBe(pet);
  expect(store.find(operation('feedPet'), '/pets/7/feed')).toBe(pet);
  expect(store.find(operation('putPet'), '/pets/8')).toBeUndefined();
  expect(store.wasDeleted(operation('putPet'), '/pets/7')).toBe(false);

  store.observe(exchange('deletePet', { status: 204, parameters: { id: 7 } }));
  expect(store.has(pet)).toBe(false);
  expect(store.find(operation('putPet'), '/pets/7')).toBeUndefined();
  expect(store.wasDeleted(operation('putPet'), '/pets/7')).toBe(true);
  expect(store.wasDeleted(operation('feedPet'), '/pets/7/feed')).toBe(true);
  expect(store.wasDeleted(operation('putPet'), '/pets/8')).toBe(false);
});

test.for([204, 200, 404, 410])('a DELETE with %i says that the object is gone', async (status, context) => {
  const { store, exchange } = await loadPets(context);
  store.observe(exchange('createPet', { status: 201, json: { id: 7 } }));
  store.observe(exchange('deletePet', { status, parameters: { id: 7 } }));

  expect(store.listRemaining()).toEqual([]);
});

test.for([
  ['a DELETE that fails', 'deletePet', { status: 500 }],
  ['a DELETE that is redirected', 'deletePet', { status: 301 }],
  ['a DELETE of another object', 'deletePet', { status: 204, parameters: { id: 8 } }],
  ['another method', 'putPet', { status: 404 }],
  ['a DELETE to another operation', 'getPet', { status: 204, method: 'DELETE' }],
] as const)('%s does not', async ([, id, outcome], context) => {
  const { store, exchange } = await loadPets(context);
  const pet = store.observe(exchange('createPet', { status: 201, json: { id: 7 } }));
  store.observe(exchange(id, { parameters: { id: 7 }, ...outcome }));

  expect(store.listRemaining()).toEqual([pet]);
});

test.for([
  ['a creation that documents 201', 'createPet', { status: 200, json: { id: 7 } }],
  ['a creation that failed', 'createPet', { status: 422, json: { id: 7 } }],
  ['a creation without ID', 'createPet', { status: 201, json: { name: 'Rex' } }],
  ['another method', 'createPet', { status: 201, json: { id: 7 }, method: 'PATCH' }],
  ['another operation', 'feedPet', { status: 201, json: { id: 7 }, parameters: { id: 7 } }],
  ['a PUT that replaced an object', 'putBox', { status: 200, parameters: { box: 'a' } }],
] as const)('%s creates no object', async ([, id, outcome], context) => {
  const { store, exchange } = await loadPets(context);

  expect(store.observe(exchange(id, outcome))).toBeUndefined();
  expect(store.listRemaining()).toEqual([]);
});

test('a PUT with 201 creates the object that the client names', async (context) => {
  const { store, exchange } = await loadPets(context);
  const box = store.observe(exchange('putBox', { status: 201, parameters: { box: 'a b' } }));

  expect(box && store.locate(box)).toBe('/boxes/a%20b');
});

test('a creation that documents only 200 creates an object within another one', async (context) => {
  const { store, operation, exchange } = await loadPets(context);
  const pet = store.observe(exchange('createPet', { status: 201, json: { id: 7 } }));
  const toy = store.observe(exchange('createToy', { status: 200, json: { id: 'ball' }, parameters: { id: 7 } }));

  expect(toy && store.locate(toy)).toBe('/pets/7/toys/ball');
  expect(store.find(operation('getToy'), '/pets/7/toys/ball')).toBe(toy);
  // The newest first, so that a toy is deleted before its pet.
  expect(store.listRemaining()).toEqual([toy, pet]);
});

test('an ID that existed before belongs to an object that the run did not create', async (context) => {
  const { store, exchange, operation, resource } = await loadPets(context);
  store.addForeign(exchange('listPets', { json: { data: [{ id: 7 }, { name: 'x' }, 3] } }), resource('pet'));

  expect(store.observe(exchange('createPet', { status: 201, json: { id: 7 } }))).toBeUndefined();
  const pet = store.observe(exchange('createPet', { status: 201, json: { id: 8 } }));
  store.observe(exchange('deletePet', { status: 204, parameters: { id: 8 } }));
  expect(pet).toBeDefined();
  expect(store.wasDeleted(operation('getPet'), '/pets/8')).toBe(true);
  // Somebody else has created the object again.
  store.addForeign(exchange('listPets', { json: [{ id: 8 }] }), resource('pet'));
  expect(store.wasDeleted(operation('getPet'), '/pets/8')).toBe(false);
});

test('the list of another path says nothing about the objects of a resource', async (context) => {
  const { store, exchange, resource } = await loadPets(context);
  store.addForeign(exchange('listToys', { json: [{ id: 7 }], parameters: { id: 1 } }), resource('pet'));

  expect(store.observe(exchange('createPet', { status: 201, json: { id: 7 } }))).toBeDefined();
});

test('test cases reserve objects that no other one has changed', async (context) => {
  const { store, exchange, resource } = await loadPets(context);
  const [first, second, third] = [1, 2, 3].map((id) =>
    store.observe(exchange('createPet', { status: 201, json: { id } })),
  );
  if (!first || !second || !third) throw new Error('The objects were not created.');
  const [pets, toys] = [resource('pet'), resource('toy')];

  expect(store.reserve(pets)).toBeUndefined();
  expect(store.listUnused()).toEqual([]);
  store.release(first, true);
  store.release(second, false);
  expect(store.listUnused()).toEqual([second, first]);
  expect(store.reserve(toys)).toBeUndefined();
  expect(store.reserve(pets)).toBe(first);
  expect(store.reserve(pets)).toBeUndefined();
  expect(store.listUnused()).toEqual([second]);

  store.observe(exchange('deletePet', { status: 204, parameters: { id: 3 } }));
  store.release(third, true);
  expect(store.reserve(pets)).toBeUndefined();
  store.release(first, true);
  store.observe(exchange('deletePet', { status: 204, parameters: { id: 1 } }));
  expect(store.reserve(pets)).toBeUndefined();
});

test('a shared object is in use until it is deleted', async (context) => {
  const { store, exchange, resource } = await loadPets(context);
  const [pet, other] = [1, 2].map((id) => store.observe(exchange('createPet', { status: 201, json: { id } })));
  if (!pet || !other) throw new Error('The objects were not created.');
  store.share(pet);
  store.release(pet, true);
  store.release(other, true);

  expect(store.findShared(resource('pet'))).toBe(pet);
  expect(store.findShared(resource('toy'))).toBeUndefined();
  expect(store.listUnused()).toEqual([other]);
  store.observe(exchange('deletePet', { status: 204, parameters: { id: 2 } }));
  expect(store.findShared(resource('pet'))).toBe(pet);
  store.observe(exchange('deletePet', { status: 204, parameters: { id: 1 } }));
  expect(store.findShared(resource('pet'))).toBeUndefined();
});

test('listItems returns the objects of a list, or of the lists in an object', () => {
  expect(listItems([1, 2])).toEqual([1, 2]);
  expect(listItems({ data: [1], more: [2], total: 2, next: null })).toEqual([1, 2]);
  expect([null, 'text', undefined, 7].map(listItems)).toEqual([[], [], [], []]);
});

test('getPath returns the path without the query', () => {
  expect(getPath({ target: '/pets/7?a=1?b' })).toBe('/pets/7');
});

test.each([
  [199, false],
  [200, true],
  [299, true],
  [300, false],
])('isSuccess: %i is %s', (status, expected) => {
  expect(isSuccess(status)).toBe(expected);
});
