import { expect, type Locator, type Page } from '@playwright/test';
import { choose, goTo, superuser, type Journey } from './journey.ts';
import { manage } from './routes.ts';

const rows = [
  'from catalog.models import Author, Book',
  'ursula = Author.objects.create(name="Ursula K. Le Guin", born="1929-10-21")',
  'jorge = Author.objects.create(name="Jorge Luis Borges", born="1899-08-24")',
  'Book.objects.create(title="The Dispossessed", isbn="9780060512750", price="9.99", page_count=387, author=ursula)',
  'Book.objects.create(title="Ficciones", isbn="9780802130303", price="12.50", page_count=174, author=jorge)',
].join('\n');

const book = {
  title: 'The Left Hand of Darkness',
  isbn: '9780441478125',
  summary: 'A diplomat on a planet of winter.',
  price: '8.50',
  published: '1969-03-01',
  in_print: true,
  page_count: 304,
  author: 1,
};

/** Requests to the new route: refused for nobody, taken from the superuser. */
export async function requests(journey: Journey): Promise<void> {
  const { page, picture } = journey;
  await manage(journey, 'shell', '-c', rows);
  await goTo(page, 'Requests');
  await choose(page.getByRole('combobox', { name: 'Path or route' }), '/api/books/');
  await page.getByRole('combobox', { name: 'Method' }).click();
  await page.getByRole('option', { name: 'POST' }).click();
  await page
    .getByRole('tab', { name: /^Body.*/ })
    .first()
    .click();
  await page.getByRole('textbox', { name: 'Body' }).fill(JSON.stringify(book, null, 2));
  await send(page);
  await expect(status(page)).toHaveText(/^40[13] /);

  await choose(page.getByRole('combobox', { name: 'Send as' }), superuser.name);
  await send(page);
  await expect(status(page)).toHaveText('201 Created');
  await expect(page.getByRole('region', { name: 'Body of the response' })).toContainText(book.isbn);
  await picture('08-requests');
}

async function send(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Send', exact: true }).click();
}

function status(page: Page): Locator {
  return page.getByRole('region', { name: 'Response', exact: true }).getByRole('status');
}
