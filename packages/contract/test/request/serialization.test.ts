import type { Parameter } from '@firstofficer/openapi';
import { describe, expect, test } from 'vitest';
import {
  type ParameterValue,
  serializeCookie,
  serializeHeader,
  serializePathParameter,
  serializeQueryParameter,
} from '../../src/request/serialization.ts';

/** The examples of OpenAPI 3.1.1, 4.8.12.6, with reserved characters encoded. */
const LIST = ['blue', 'black', 'brown'];
const OBJECT = { R: 100, G: 200, B: 150 };

type Row = readonly [style: string, explode: boolean | undefined, one: string, list: string, object: string];

const parameter = (parts: Partial<Parameter>): Parameter => ({ name: 'color', in: 'query', ...parts });

function serialize(text: (parameter: Parameter, value: ParameterValue) => string, [style, explode]: Row): string[] {
  const styled = parameter({ ...(style && { style }), ...(explode !== undefined && { explode }) });
  return ['blue', LIST, OBJECT].map((value) => text(styled, value));
}

describe('serializePathParameter serializes by style', () => {
  test.each<Row>([
    ['', undefined, 'blue', 'blue,black,brown', 'R,100,G,200,B,150'],
    ['simple', true, 'blue', 'blue,black,brown', 'R=100,G=200,B=150'],
    ['matrix', false, ';color=blue', ';color=blue,black,brown', ';color=R,100,G,200,B,150'],
    ['matrix', true, ';color=blue', ';color=blue;color=black;color=brown', ';R=100;G=200;B=150'],
    ['label', false, '.blue', '.blue,black,brown', '.R,100,G,200,B,150'],
    ['label', true, '.blue', '.blue.black.brown', '.R=100.G=200.B=150'],
  ])('%s %s', (...row) => {
    expect(serialize(serializePathParameter, row)).toEqual(row.slice(2));
  });
});

describe('serializeQueryParameter serializes by style', () => {
  test.each<Row>([
    ['', undefined, 'color=blue', 'color=blue&color=black&color=brown', 'R=100&G=200&B=150'],
    ['form', false, 'color=blue', 'color=blue,black,brown', 'color=R,100,G,200,B,150'],
    ['spaceDelimited', undefined, 'color=blue', 'color=blue%20black%20brown', 'color=R%20100%20G%20200%20B%20150'],
    ['pipeDelimited', false, 'color=blue', 'color=blue%7Cblack%7Cbrown', 'color=R%7C100%7CG%7C200%7CB%7C150'],
  ])('%s %s', (...row) => {
    expect(serialize(serializeQueryParameter, row)).toEqual(row.slice(2));
  });

  test('deepObject', () => {
    expect(serializeQueryParameter(parameter({ style: 'deepObject' }), OBJECT)).toBe(
      'color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150',
    );
  });

  test('content', () => {
    const content = { 'application/json': {} };

    expect(decodeURIComponent(serializeQueryParameter(parameter({ content }), OBJECT))).toBe(
      'color={"R":100,"G":200,"B":150}',
    );
    expect(serializeQueryParameter(parameter({ content: { 'text/plain': {} } }), 'a b')).toBe('color=a%20b');
  });
});

test('serializeHeader serializes without encoding', () => {
  expect(serializeHeader(parameter({}), LIST)).toBe('blue,black,brown');
  expect(serializeHeader(parameter({}), OBJECT)).toBe('R,100,G,200,B,150');
  expect(serializeHeader(parameter({ explode: true }), OBJECT)).toBe('R=100,G=200,B=150');
  expect(serializeHeader(parameter({}), 'a b')).toBe('a b');
});

test('serializeCookie serializes as one or more pairs', () => {
  expect(serializeCookie(parameter({}), 'a b')).toBe('color=a%20b');
  expect(serializeCookie(parameter({}), LIST)).toBe('color=blue,black,brown');
  expect(serializeCookie(parameter({}), OBJECT)).toBe('R=100; G=200; B=150');
});
