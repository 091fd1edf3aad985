import { expect, test } from 'vitest';
import { byteSize } from '../../../../renderer/ui/byte-size.ts';

test('sizes as people say them', () => {
  expect([0, 1, 512, 2048, 3_565_158].map(byteSize)).toEqual([
    '0 bytes',
    '1 byte',
    '512 bytes',
    '2 KB',
    '3.4 MB',
  ]);
});
