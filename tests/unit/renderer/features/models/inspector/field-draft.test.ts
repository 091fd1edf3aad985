import { describe, expect, it } from 'vitest';
import {
  draftOf,
  isSound,
  NEW_FIELD,
  operationsFor,
  problemsOf,
  withOption,
  withType,
} from '../../../../../../renderer/features/models/inspector/field-draft.ts';
import { findFieldType } from '../../../../../../shared/django/field-catalogue.ts';
import { makeField, makeModel, makeRelation } from '../../../../../support/model-scenes.ts';

const title = makeField('title', 'CharField', { max_length: 200, unique: true });
const author = makeRelation('author', 'shop.Author');
const book = makeModel('shop.Book', [title, author], { methods: ['is_new'] });

function typeOf(name: string) {
  const type = findFieldType(name);
  if (type === null) throw new Error(`The catalogue lacks ${name}.`);
  return type;
}

describe('the form of a field', () => {
  it('proposes nothing as long as it says what the source says', () => {
    expect(operationsFor('shop.Book', draftOf(title), title)).toEqual([]);
    expect(operationsFor('shop.Book', draftOf(author), author)).toEqual([]);
  });

  it('names only the options that change', () => {
    const draft = withOption(withOption(draftOf(title), 'unique', null), 'blank', 'True');
    expect(operationsFor('shop.Book', draft, title)).toEqual([
      {
        kind: 'field.change',
        model: 'shop.Book',
        field: 'title',
        type: 'CharField',
        to: null,
        set: { blank: 'True' },
        unset: ['unique'],
      },
    ]);
  });

  it('renames apart from the change, so that a rename stays a rename', () => {
    const draft = { ...withOption(draftOf(title), 'max_length', '90'), name: 'headline' };
    expect(operationsFor('shop.Book', draft, title).map((operation) => operation.kind)).toEqual([
      'field.change',
      'field.rename',
    ]);
  });

  it('gives arguments by position their names', () => {
    const positional = makeField('price', 'DecimalField', {}, { positional: ["'Price'", "'p'", '8', '2'] });
    expect(draftOf(positional).options).toEqual({
      verbose_name: "'Price'",
      max_digits: '8',
      decimal_places: '2',
    });
  });

  it('keeps what another type knows too and fills in what it needs', () => {
    const draft = withType(draftOf(title), typeOf('DecimalField'));
    expect(draft.options).toEqual({ unique: 'True', max_digits: '10', decimal_places: '2' });
    const relation = withType(draftOf(title), typeOf('ForeignKey'));
    expect(relation.options).toMatchObject({ unique: 'True', on_delete: 'models.CASCADE' });
    expect(problemsOf(relation, book, title).to).toBe('Choose the model the relation leads to.');
  });

  it.each([
    ['', 'Give the field a name.'],
    ['class', '“class” is a keyword of Python: choose another name for the field.'],
    ['author', 'The model has a field named “author” already.'],
    ['author_id', 'The model has a field named “author_id” already.'],
    ['is_new', 'The model has a method named “is_new” already.'],
    ['a__b', 'A field’s name has no double underscore, which Django’s lookups use: “a__b” has.'],
  ])('says what is wrong with the name “%s”', (name, sentence) => {
    expect(problemsOf({ ...NEW_FIELD, name }, book, null).name).toBe(sentence);
  });

  it('says beside the option what is wrong with it', () => {
    const draft = { ...NEW_FIELD, name: 'subtitle' };
    expect(isSound(problemsOf(draft, book, null))).toBe(true);
    expect(problemsOf(withOption(draft, 'max_length', null), book, null).options['max_length']).toContain(
      'needs max_length',
    );
    const nulled = withOption({ ...draftOf(author) }, 'on_delete', 'models.SET_NULL');
    expect(problemsOf(nulled, book, author).options['null']).toContain('has to accept NULL');
  });

  it('leaves a class of the user’s own and unknown options alone', () => {
    const own = makeField('colour', 'ColourField', { palette: 3 });
    expect(isSound(problemsOf(draftOf(own), makeModel('a.A', [own]), own))).toBe(true);
    expect(operationsFor('a.A', draftOf(own), own)).toEqual([]);
  });
});
