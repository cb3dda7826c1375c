/** Conversion between addresses and places of the page. */
import { describe, expect, test } from 'vitest';
import { hashOf, placeOf } from '../../../mock-server/console/state/hash.js';

describe('a place read from the address', () => {
  test.each([
    { description: 'no hash is the list of requests', hash: '', view: 'requests' },
    { description: 'a view', hash: '#/apps', view: 'apps' },
    { description: 'an unknown view is the list of requests', hash: '#/nothing', view: 'requests' },
    { description: 'an open request', hash: '#/requests/Ab12Cd-7', view: 'requests', opened: 'Ab12Cd-7' },
    {
      description: 'encoded letters',
      hash: '#/outcomes/tokenValidate%20001',
      view: 'outcomes',
      opened: 'tokenValidate 001',
    },
    { description: 'an invalid escape', hash: '#/apps/100%', view: 'apps', opened: '100%' },
  ])('$description', ({ hash, view, opened }) => {
    expect(placeOf(hash)).toEqual({ view, opened, parameters: {} });
  });

  test('the last of several parameters with one name applies', () => {
    expect(placeOf('#/handset?app=a&number=1&number=2').parameters).toEqual({ app: 'a', number: '2' });
  });
});

test.each([
  { view: 'apps', opened: 'a/b?c#d', parameters: {} },
  { view: 'handset', opened: undefined, parameters: { app: '300000000001', asked: '138 & more' } },
  { view: 'requests', opened: '手机', parameters: { text: '=' } },
] as const)('a place is the same after conversion to an address and back: $view $opened', (place) => {
  expect(placeOf(hashOf(place))).toEqual(place);
});

test('undefined parameters are omitted, empty ones are kept', () => {
  expect(hashOf({ view: 'handset', parameters: { app: undefined, asked: '' } })).toBe('#/handset?asked=');
});
