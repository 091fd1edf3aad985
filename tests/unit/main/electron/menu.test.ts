import type { MenuItemConstructorOptions } from 'electron';
import { expect, test } from 'vitest';
import { menuTemplate } from '../../../../main/electron/menu.ts';
import { commandSpecs, type CommandSpec } from '../../../../shared/commands.ts';

type Item = MenuItemConstructorOptions;

const submenu = (item: Item | undefined): Item[] => (Array.isArray(item?.submenu) ? item.submenu : []);
const all = (items: readonly Item[]): Item[] => items.flatMap((item) => [item, ...all(submenu(item))]);

function build(apple = false, developer = false) {
  const ran: string[] = [];
  return { template: menuTemplate({ apple, developer, run: (command) => ran.push(command) }), ran };
}

test('every command with a place stands in its menu once, and runs', () => {
  const { template, ran } = build();
  const placed = commandSpecs.filter((spec) => 'menu' in spec).map((spec) => spec.id);
  const items = all(template).filter((item) => item.id !== undefined);
  expect(items.map((item) => item.id).sort()).toEqual([...placed].sort());
  for (const item of items) (item.click as () => void)();
  expect([...ran].sort()).toEqual([...placed].sort());
});

test('groups stand in order with one line between them', () => {
  for (const item of build(false, true).template) {
    const items = submenu(item);
    const lines = items.map(({ type }) => type === 'separator');
    expect(lines[0]).toBe(false);
    expect(lines.at(-1)).toBe(false);
    expect(lines.some((line, index) => line && lines[index + 1])).toBe(false);
  }
});

test('shows the first shortcut of a command, and leaves the keys to the window', () => {
  const specs: readonly CommandSpec[] = commandSpecs;
  const save = all(build().template).find((item) => item.id === 'editor.save');
  expect(save).toMatchObject({
    label: 'Save',
    accelerator: 'CommandOrControl+S',
    registerAccelerator: false,
  });
  for (const item of all(build().template)) {
    const shortcut = specs.find((spec) => spec.id === item.id)?.shortcuts?.[0];
    expect(item.accelerator).toBe(shortcut?.replace('Mod', 'CommandOrControl'));
  }
});

test('a Mac has its own menus, a package no developer tools', () => {
  const roles = (items: readonly Item[]): unknown[] => all(items).map((item) => item.role);
  expect(roles(build(true).template)).toEqual(expect.arrayContaining(['appMenu', 'windowMenu', 'help']));
  expect(roles(build(true).template)).not.toContain('quit');
  expect(roles(build(false).template)).toContain('quit');
  expect(roles(build().template)).not.toContain('toggleDevTools');
  expect(roles(build(false, true).template)).toContain('toggleDevTools');
});
