import { describe, expect, it } from 'vitest';
import type { OutgoingRequest } from '../../../../../shared/contract/host-calls.ts';
import { addedHeaders, givenHeaders, wirePath } from '../../../../../main/services/requests/outgoing.ts';

const request = (more: Partial<OutgoingRequest>): OutgoingRequest => ({
  method: 'GET',
  path: '/',
  headers: [],
  body: null,
  as: { kind: 'anonymous' },
  ...more,
});
const credentials = {
  cookies: [{ name: 'sessionid', value: 's' }],
  csrfToken: 't',
  csrfHeaderName: 'X-CSRFTOKEN',
  used: false,
};

describe('wirePath', () => {
  it.each([
    ['/books/?page=2', '/books/?page=2'],
    ['/a b/é?q=ü', '/a%20b/%C3%A9?q=%C3%BC'],
    ['/a%20b/', '/a%20b/'],
    ['/a#part', '/a'],
    ['/\r\nX-Injected: 1', '/%0D%0AX-Injected:%201'],
    ['/\ud83d', '/%EF%BF%BD'],
  ])('%j goes out as %j', (path, wire) => {
    expect(wirePath(path)).toBe(wire);
  });
});

describe('headers', () => {
  it('of the user come first: nothing that was given is given twice', () => {
    const post = request({
      method: 'POST',
      body: '{}',
      headers: [
        { name: 'cookie', value: 'mine=1' },
        { name: 'content-type', value: 'text/csv' },
        { name: 'x-csrftoken', value: 'mine' },
        { name: '', value: 'an empty line of the form' },
      ],
    });
    const given = givenHeaders(post);
    expect(given.map((header) => header.name)).toEqual(['cookie', 'content-type', 'x-csrftoken']);
    const added = addedHeaders(post, given, 'http://localhost:8000', credentials);
    expect(added).toEqual([
      { name: 'Origin', value: 'http://localhost:8000' },
      { name: 'Referer', value: 'http://localhost:8000/' },
    ]);
  });

  it('for CSRF go only with what changes something', () => {
    const added = addedHeaders(request({}), [], 'http://localhost:8000', credentials);
    expect(added).toEqual([{ name: 'Cookie', value: 'sessionid=s' }]);
  });
});
