import { fileURLToPath } from 'node:url';
import { expect, test, type Page } from '@playwright/test';
import {
  brokenStudio,
  emptyStudio,
  knownStudio,
  openStudio,
  restrictedStudio,
  type FixtureState,
} from './fixture-project.ts';
import { openWindowPages, type WindowPages } from './window-page.ts';

const bundle = fileURLToPath(new URL('../../../dist/renderer', import.meta.url));
let pages: WindowPages;

test.beforeAll(async () => {
  pages = await openWindowPages(bundle);
});

test.afterAll(async () => {
  await pages.close();
});

// Scripts that fail and loads that the content security policy refuses show up here.
test.afterEach(() => {
  expect(pages.complaints).toEqual([]);
});

const openModels = async (page: Page): Promise<void> => {
  await page.getByRole('button', { name: 'Code', exact: true }).click();
  await page.getByRole('treeitem', { name: 'catalog' }).click();
  await page.getByRole('treeitem', { name: 'models.py' }).click();
  await expect(page.locator('.view-line').first()).toBeVisible();
};

const changeOutside = (page: Page, text: string): Promise<void> =>
  page.evaluate((wanted) => {
    const scope = globalThis as unknown as {
      fixture: { changeOutside: (path: string, text: string) => void };
    };
    scope.fixture.changeOutside('catalog/models.py', wanted);
  }, text);

test.describe('from the keyboard', () => {
  test('the palette finds a command, runs it, and the focus returns', async () => {
    const page = await pages.open(openStudio);
    const activity = page.getByRole('button', { name: 'Code', exact: true });
    await activity.focus();
    await page.keyboard.press('Control+K');
    const field = page.getByRole('combobox', { name: 'Commands' });
    await expect(field).toBeFocused();
    await page.keyboard.press('Escape');
    await expect(field).toBeHidden();
    await expect(activity).toBeFocused();
    await page.keyboard.press('Control+Shift+P');
    await page.keyboard.type('theme dark');
    await page.keyboard.press('Enter');
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  });

  test('a command that can’t run can’t be chosen', async () => {
    const page = await pages.open(emptyStudio);
    await page.keyboard.press('Control+K');
    await page.keyboard.type('start server');
    await expect(page.getByRole('option', { name: /Start server/ })).toHaveAttribute('aria-disabled', 'true');
  });

  test('quick open goes to a model in its file', async () => {
    const page = await pages.open(openStudio);
    await page.keyboard.press('Control+P');
    await page.keyboard.type('book');
    await page.getByRole('option', { name: /^Model Book/ }).waitFor();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('tab', { name: 'catalog/models.py' })).toHaveAttribute(
      'aria-selected',
      'true',
    );
    await expect(page.locator('.code-revealed-line')).toBeVisible();
  });

  test('F6 goes round the parts of the window', async () => {
    const page = await pages.open(openStudio);
    await page.keyboard.press('Control+,');
    await page.getByRole('heading', { name: 'Settings' }).waitFor();
    const parts = new Set<string>();
    for (let step = 0; step < 6; step += 1) {
      await page.keyboard.press('F6');
      const part = await page.evaluate(() =>
        document.activeElement?.closest('[data-part]')?.getAttribute('data-part'),
      );
      parts.add(part ?? 'none');
    }
    expect([...parts].sort()).toEqual(['features', 'status bar', 'title bar', 'view']);
  });

  test('the tree of files is worked with the arrow keys', async () => {
    const page = await pages.open(openStudio);
    await page.keyboard.press('Alt+3');
    await page.getByRole('tree', { name: 'Files' }).focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowRight');
    await expect(page.getByRole('treeitem', { name: 'catalog' })).toHaveAttribute('aria-expanded', 'true');
    await page.keyboard.type('mod');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('tab', { name: 'catalog/models.py' })).toBeVisible();
  });

  test('while a dialog asks, shortcuts start nothing behind it', async () => {
    const page = await pages.open(restrictedStudio);
    await page.getByRole('button', { name: 'Trust…' }).click();
    await page.keyboard.press('Control+,');
    await page.keyboard.press('Escape');
    await expect(page.getByRole('heading', { name: 'Settings' })).toBeHidden();
    await expect(page.getByRole('button', { name: 'Trust…' })).toBeFocused();
  });
});

test('what is wrong with the studio’s own files is said until it was read', async () => {
  const notice = 'The list of recent projects was damaged and starts anew; the old one is kept beside it.';
  const page = await pages.open({ ...emptyStudio, info: { ...emptyStudio.info, notices: [notice] } });
  await expect(page.getByText(notice)).toBeVisible();
  await page.getByRole('button', { name: 'Understood' }).click();
  await expect(page.getByText(notice)).toBeHidden();
});

test.describe('code', () => {
  test('what is typed is marked, saved, and clean again', async () => {
    const page = await pages.open(openStudio);
    await openModels(page);
    await page.locator('.view-line').nth(6).click();
    await page.keyboard.press('End');
    await page.keyboard.type('  # typed');
    const tab = page.getByRole('tab', { name: 'catalog/models.py, not saved' });
    await expect(tab).toBeVisible();
    await page.keyboard.press('Control+S');
    await expect(tab).toBeHidden();
  });

  test('a change outside is followed; over unsaved text both are shown and one is chosen', async () => {
    const page = await pages.open(openStudio);
    await openModels(page);
    await changeOutside(page, 'x = 1\n');
    await expect(page.locator('.view-line').first()).toHaveText('x = 1');
    await page.locator('.view-line').first().click();
    await page.keyboard.press('End');
    await page.keyboard.type('  # mine');
    await changeOutside(page, 'x = 2\n');
    await expect(page.getByText('This file was changed outside')).toBeVisible();
    await page.getByRole('button', { name: 'Take the text on disk' }).click();
    await expect(page.locator('.view-line').first()).toHaveText('x = 2');
  });

  test('the former texts of a file stand beside the one of now, and one is given back', async () => {
    const page = await pages.open(openStudio);
    await openModels(page);
    await page.keyboard.press('Alt+H');
    const history = page.getByRole('region', { name: 'Local history of catalog/models.py' });
    await expect(history.getByRole('option')).toHaveCount(5);
    await expect(history.getByRole('option', { selected: true })).toContainText('Add field isbn');
    await expect(history.locator('.view-line', { hasText: 'class Writer' })).toBeVisible();
    await page.keyboard.press('ArrowDown');
    await expect(history.getByRole('option', { selected: true })).toContainText('Changed outside');
    await page.keyboard.press('End');
    await expect(history.getByRole('option', { selected: true })).toContainText('Before the first change');
    // Faster than two texts are compared: what is left behind is given up, not complained of.
    for (const key of ['Home', 'ArrowDown', 'ArrowDown', 'Home', 'End']) await page.keyboard.press(key);
    await expect(history.getByRole('option', { selected: true })).toContainText('Before the first change');
    await history.getByRole('button', { name: 'Restore this text' }).click();
    await page.keyboard.press('Escape');
    await expect(history).toBeHidden();
  });

  test('line endings and a byte order mark stay where nothing was typed', async () => {
    const page = await pages.open(openStudio);
    await openModels(page);
    await changeOutside(page, '\uFEFFa = 1\r\nb = 2\nc = 3\r\n');
    await expect(page.locator('.view-line').nth(1)).toHaveText('b = 2');
    await page.locator('.view-line').nth(1).click();
    await page.keyboard.press('End');
    await page.keyboard.type('0');
    await page.keyboard.press('Control+Home');
    await page.keyboard.type('a');
    await page.keyboard.press('Control+S');
    await expect(page.getByRole('tab', { name: 'catalog/models.py', exact: true })).toBeVisible();
    const text = await page.evaluate(() => {
      const scope = globalThis as unknown as { fixture: { textOf: (path: string) => string } };
      return scope.fixture.textOf('catalog/models.py');
    });
    expect(text).toBe('\uFEFFaa = 1\r\nb = 20\nc = 3\r\n');
  });

  test('closing unsaved text asks, and saving closes', async () => {
    const page = await pages.open(openStudio);
    await openModels(page);
    await page.locator('.view-line').first().click();
    await page.keyboard.type('# ');
    await page.keyboard.press('Alt+W');
    await page.getByRole('alertdialog').getByRole('button', { name: 'Save' }).click();
    await expect(page.getByRole('heading', { name: 'No file is open' })).toBeVisible();
  });

  test('the text is where it was after a look elsewhere', async () => {
    const page = await pages.open(openStudio);
    await openModels(page);
    await page.locator('.view-line').nth(8).click();
    await page.keyboard.type('#');
    await page.keyboard.press('Alt+4');
    await page.keyboard.press('Alt+3');
    await expect(page.getByRole('tab', { name: 'catalog/models.py, not saved' })).toBeVisible();
    await page.keyboard.type('!');
    await expect(page.locator('.view-line').nth(8)).toContainText('#!');
  });
});

test.describe('a new project', () => {
  test('is checked while it is typed', async () => {
    const page = await pages.open(emptyStudio);
    await page.getByRole('button', { name: /New project/ }).click();
    const name = page.getByLabel('Name', { exact: true });
    await expect(name).toBeFocused();
    await expect(page.getByRole('radio', { name: /3\.12\.4/ })).toBeChecked();
    await expect(page.getByRole('radio', { name: /3\.9\.2/ })).toBeDisabled();
    await name.fill('django');
    await expect(page.getByRole('alert').filter({ hasText: 'django_project' })).toBeVisible();
    await expect(name).toHaveAttribute('aria-invalid', 'true');
    await name.fill('library');
    await expect(page.getByRole('alert')).toHaveCount(0);
    await expect(page.getByText('/home/marie/library')).toBeVisible();
  });

  test('an interpreter that is none is refused with a sentence', async () => {
    const page = await pages.open(emptyStudio);
    await page.getByRole('button', { name: /New project/ }).click();
    await page.getByRole('button', { name: 'Other…' }).click();
    await page.keyboard.type('/bin/true');
    await page.keyboard.press('Enter');
    await expect(page.getByText('There is no Python at this path.')).toBeVisible();
  });

  test('a failure shows its cause and the ways on', async () => {
    const failed = brokenStudio.jobs.filter((job) => job.state === 'failed');
    const page = await pages.open({ ...emptyStudio, jobs: failed, jobLog: brokenStudio.jobLog });
    await page.getByRole('button', { name: /New project/ }).click();
    await page.getByLabel('Name', { exact: true }).fill('library');
    await page.getByText('Create a superuser').click();
    await page.getByRole('button', { name: 'Create project' }).click();
    await expect(page.getByText('Give the field a default, or allow NULL.')).toBeVisible();
    await expect(page.getByRole('log')).toContainText('Resolved 6 packages');
    await page.getByRole('button', { name: 'Remove what was made' }).click();
    await expect(page.getByRole('dialog')).toBeHidden();
  });
});

test('a folder is picked in a dialog of ours and opened restricted', async () => {
  const page = await pages.open(knownStudio);
  await page.getByRole('button', { name: /Open a folder/ }).click();
  await page.getByRole('button', { name: 'library Django project' }).click();
  await page.getByRole('button', { name: 'Open “library”' }).click();
  await expect(page.getByText('Restricted.')).toBeVisible();
  await page.getByRole('button', { name: 'Server', exact: true }).click();
  await expect(page.getByRole('heading', { name: '“Server” needs your trust' })).toBeVisible();
});

test('problems lead to their line', async () => {
  const page = await pages.open(brokenStudio);
  await page.getByRole('button', { name: /2 errors/ }).click();
  await page.getByRole('button', { name: /could not be read from here/ }).click();
  await expect(page.getByRole('tab', { name: 'catalog/models.py' })).toBeVisible();
});

const states: Readonly<Record<string, FixtureState>> = {
  empty: emptyStudio,
  known: knownStudio,
  open: openStudio,
  restricted: restrictedStudio,
  broken: brokenStudio,
};
for (const [name, state] of Object.entries(states)) {
  test(`every control has a name, and nothing is cut at 1024 × 640: ${name}`, async () => {
    const page = await pages.open(state, { theme: 'dark', width: 1024, height: 640 });
    for (const key of ['Alt+3', 'Control+,', 'Control+J']) {
      await page.keyboard.press(key);
      expect(await namelessControls(page)).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(1024);
    }
  });
}

/** Controls without an accessible name, as their HTML. */
function namelessControls(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const controls = document.querySelectorAll<HTMLElement>(
      'button, input, textarea, [role="tab"], [role="tree"], [role="grid"], [role="separator"]',
    );
    const named = (control: HTMLElement): boolean =>
      [control.getAttribute('aria-label'), control.textContent, control.getAttribute('title')].some(
        (text) => text !== null && text.trim() !== '',
      ) ||
      control.hasAttribute('aria-labelledby') ||
      ((control as HTMLInputElement).labels?.length ?? 0) > 0;
    return [...controls]
      .filter((control) => control.closest('[aria-hidden="true"], [hidden], .monaco-editor') === null)
      .filter((control) => control.tabIndex >= 0 && !named(control))
      .map((control) => control.outerHTML.slice(0, 200));
  });
}
