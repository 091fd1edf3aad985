import { expect, it } from 'vitest';
import { listeningInodes, lsofHolder, netstatPid } from '../../../../../main/services/server/port-holder.ts';

it('finds the listening sockets of a port in the tables of Linux', () => {
  const table = [
    '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode',
    '   0: 0100007F:1F40 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 42424 1 0000 100 0',
    '   1: 0100007F:1F40 0100007F:D431 01 00000000:00000000 00:00000000 00000000  1000        0 42425 1 0000 20 4',
    '   2: 00000000:0016 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 17 1 0000 100 0',
  ].join('\n');
  expect(listeningInodes(table, 8000)).toEqual(['42424']);
  expect(listeningInodes(table, 22)).toEqual(['17']);
  expect(listeningInodes(table, 80)).toEqual([]);
});

it('reads what lsof prints', () => {
  expect(lsofHolder('p812\ncnginx\nf6\n')).toBe('nginx (pid 812)');
  expect(lsofHolder('p812\nf6\n')).toBe('pid 812');
  expect(lsofHolder('')).toBeNull();
});

it('reads what netstat prints in any language', () => {
  const output = [
    '  Proto  Lokale Adresse         Remoteadresse          Status           PID',
    '  TCP    127.0.0.1:18000        0.0.0.0:0              ABHÖREN         99',
    '  TCP    127.0.0.1:8000         127.0.0.1:50000        HERGESTELLT     77',
    '  TCP    127.0.0.1:8000         0.0.0.0:0              ABHÖREN         4321',
  ].join('\r\n');
  expect(netstatPid(output, 8000)).toBe('4321');
  expect(netstatPid(output, 80)).toBeNull();
});
