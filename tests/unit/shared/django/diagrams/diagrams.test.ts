import { describe, expect, it } from 'vitest';
import { dataDictionaryOf } from '../../../../../shared/django/diagrams/data-dictionary.ts';
import { dbmlOf } from '../../../../../shared/django/diagrams/dbml.ts';
import { mermaidOf } from '../../../../../shared/django/diagrams/mermaid.ts';
import { makeField, makeModel, makeRelation } from '../../../../support/model-scenes.ts';

const author = makeModel('shop.Author', [makeField('name', 'CharField', { max_length: 200, unique: true })]);
const book = makeModel(
  'shop.Book',
  [
    makeField('isbn', 'CharField', { primary_key: true, help_text: "The publisher's | number" }),
    makeRelation('author', 'shop.Author', 'foreign-key', { null: true }),
    makeRelation('related', 'self', 'many-to-many'),
    makeRelation('owner', 'auth.User'),
  ],
  { docstring: "What one\nreads: 'it'" },
);
const dated = makeModel('shop.Dated', [makeField('on', 'DateField')], { abstract: true });
const models = [book, author, dated];

describe('the models as text', () => {
  it('are a diagram of Mermaid', () => {
    expect(mermaidOf(models)).toBe(`erDiagram
    shop_Author {
        BigAuto id PK
        Char_200 name UK
    }
    shop_Book {
        Char isbn PK
        Author author_id FK
        User owner_id FK
    }
    shop_Book }o--o| shop_Author : author
    shop_Book }o--o{ shop_Book : related
`);
  });

  it('are DBML', () => {
    expect(dbmlOf(models)).toBe(`Table shop.Author {
  id BigAuto [pk]
  name Char(200) [unique, not null]
}

Table shop.Book {
  isbn Char [pk, note: 'The publisher\\'s | number']
  author_id Author [null]
  owner_id User [not null]
  Note: 'What one reads: \\'it\\''
}

Ref: shop.Book.author_id > shop.Author.id
Ref: shop.Book.isbn <> shop.Book.isbn
`);
  });

  it('are a data dictionary, abstract ones too', () => {
    const text = dataDictionaryOf(models);
    expect(text).toContain('### Dated (abstract)');
    expect(text).toContain("| `isbn` | Char | no | primary_key | The publisher's \\| number |");
    expect(text).toContain('| `related` | many to many to itself | no |  |  |');
  });

  it('are nothing but the head where there are none', () => {
    expect(mermaidOf([])).toBe('erDiagram\n');
    expect(dbmlOf([])).toBe('\n');
    expect(dataDictionaryOf([])).toBe('# Data dictionary\n');
  });
});
