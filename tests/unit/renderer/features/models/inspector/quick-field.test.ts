import { describe, expect, it } from 'vitest';
import { parseQuickField } from '../../../../../../renderer/features/models/inspector/quick-field.ts';

const context = { models: ['catalog.Author', 'catalog.Tag', 'crm.Author', 'crm.Client'], app: 'catalog' };
const read = (line: string) => parseQuickField(line, context);

/** `title CharField max_length=200`: the field in one line. */
function said(line: string): string {
  const parsed = read(line);
  if (!parsed.ok) return parsed.problem;
  const { name, type, to, options } = parsed.field;
  return [
    name,
    type,
    ...(to === null ? [] : [to]),
    ...Object.entries(options).map(([key, code]) => `${key}=${code}`),
  ].join(' ');
}

describe('a field typed in one line', () => {
  it.each([
    ['title: Char(200) unique', 'title CharField max_length=200 unique=True'],
    ['title Char(200)', 'title CharField max_length=200'],
    ['title: CharField', 'title CharField max_length=200'],
    ['title: str', 'title CharField max_length=200'],
    ['price: Decimal(8, 2) default=0', 'price DecimalField max_digits=8 decimal_places=2 default=0'],
    ['price: decimal', 'price DecimalField max_digits=10 decimal_places=2'],
    ['born: Date?', 'born DateField null=True blank=True'],
    ['note: Text?', 'note TextField blank=True'],
    ['code: Char(9)? unique', 'code CharField max_length=9 unique=True null=True blank=True'],
    ['born: Date optional', 'born DateField null=True blank=True'],
    ['at: DateTime auto_now_add', 'at DateTimeField auto_now_add=True'],
    ['id: UUID pk default=uuid.uuid4', 'id UUIDField primary_key=True default=uuid.uuid4'],
    [
      "status: Char(20) default='in work' index",
      "status CharField max_length=20 default='in work' db_index=True",
    ],
    ["status: Char(20, default='a, b')", "status CharField max_length=20 default='a, b'"],
    ['data: JSON default=dict', 'data JSONField default=dict'],
    ['site: URL', 'site URLField'],
  ])('%s', (line, field) => {
    expect(said(line)).toBe(field);
  });

  it.each([
    ['author: FK Author', 'author ForeignKey catalog.Author on_delete=models.CASCADE'],
    ['author: FK(Author) protect', 'author ForeignKey catalog.Author on_delete=models.PROTECT'],
    ['author -> Author', 'author ForeignKey catalog.Author on_delete=models.CASCADE'],
    ['author → crm.Author', 'author ForeignKey crm.Author on_delete=models.CASCADE'],
    ['client: Client?', 'client ForeignKey crm.Client on_delete=models.CASCADE null=True blank=True'],
    [
      'client: FK Client? set_null',
      'client ForeignKey crm.Client on_delete=models.SET_NULL null=True blank=True',
    ],
    ['tags: Tag[]', 'tags ManyToManyField catalog.Tag'],
    ['tags: M2M Tag blank', 'tags ManyToManyField catalog.Tag blank=True'],
    ['parent: FK self?', 'parent ForeignKey self on_delete=models.CASCADE null=True blank=True'],
    ['owner: FK User', 'owner ForeignKey settings.AUTH_USER_MODEL on_delete=models.CASCADE'],
    ['owner: OneToOne User', 'owner OneToOneField settings.AUTH_USER_MODEL on_delete=models.CASCADE'],
    [
      "author: FK Author related_name='books'",
      "author ForeignKey catalog.Author related_name='books' on_delete=models.CASCADE",
    ],
  ])('%s', (line, field) => {
    expect(said(line)).toBe(field);
  });

  it.each([
    ['title', 'Which type is title? Write title: Char(200) or title: FK Author.'],
    ['2nd: Char(3)', '“2nd” can’t be the name of a field. Write name: Type, like title: Char(200).'],
    ['title: Chr(200)', 'There is no field type and no model “Chr”. Did you mean Char?'],
    ['author: FK Auhtor', 'There is no model “Auhtor” to lead to. Did you mean Author?'],
    ['author: FK', 'Which model does FK lead to? Write FK Author.'],
    ['title: Char(200) uniqe', '“uniqe” is no option of CharField. Did you mean unique?'],
    ['title: Date max_length=3', 'DateField has no option max_length.'],
    ['title: Char(long)', '“long” in the brackets of CharField needs its name: option=long.'],
    ['a: (', '“(” is no field type: write Char(200), Date or FK Author.'],
  ])('%s is answered with a sentence', (line, problem) => {
    expect(said(line)).toBe(problem);
  });

  it('asks which of two models of the same name is meant', () => {
    const parsed = parseQuickField('author: FK Author', { ...context, app: 'other' });
    expect(parsed).toEqual({
      ok: false,
      problem: 'More than one app has a model Author: write catalog.Author or crm.Author.',
    });
  });
});
