import { beforeAll, describe, expect, test } from 'vitest';
import type { PythonParser } from '../../../../../shared/python/parser.ts';
import { readable } from '../../plan-fixture.ts';
import { indexOf, LIBRARY, testParser } from '../../source-fixture.ts';

let parser: PythonParser;
beforeAll(async () => {
  parser = await testParser();
});

describe('app.add', () => {
  test('makes the files of startapp and installs the app behind the other ones', () => {
    const plan = indexOf(parser, LIBRARY).plan({ kind: 'app.add', name: 'book_club' });
    expect(readable(plan)).toMatchInlineSnapshot(`
      "
      new book_club/__init__.py

      new book_club/admin.py
      from django.contrib import admin

      # Register your models here.
      new book_club/apps.py
      from django.apps import AppConfig


      class BookClubConfig(AppConfig):
          name = 'book_club'
      new book_club/migrations/__init__.py

      new book_club/models.py
      from django.db import models

      # Create your models here.
      new book_club/tests.py
      from django.test import TestCase

      # Create your tests here.
      new book_club/views.py
      from django.shortcuts import render

      # Create your views here.
      edit library/settings.py
      @@ 14
           'django.contrib.messages',
           'django.contrib.staticfiles',
           'catalog',
      +    'book_club',
       ]

       MIDDLEWARE = [
      "
    `);
  });
});

describe('model.add', () => {
  test('appends a class in Django’s order and registers it', () => {
    const plan = indexOf(parser, LIBRARY).plan({
      kind: 'model.add',
      app: 'catalog',
      name: 'Review',
      admin: true,
      fields: [
        {
          name: 'book',
          type: 'ForeignKey',
          to: 'catalog.Book',
          options: { on_delete: 'models.CASCADE', related_name: "'reviews'" },
        },
        {
          name: 'author',
          type: 'ForeignKey',
          to: 'auth.User',
          options: { on_delete: 'models.SET_NULL', null: 'True' },
        },
        {
          name: 'stars',
          type: 'PositiveSmallIntegerField',
          to: null,
          options: {
            validators: '[MinValueValidator(1), MaxValueValidator(5)]',
            default: '3',
            help_text: "'How much the reader liked it'",
          },
        },
        { name: 'text', type: 'TextField', to: null, options: { blank: 'True' } },
        { name: 'written', type: 'DateTimeField', to: null, options: { default: 'timezone.now' } },
      ],
    });
    expect(readable(plan)).toMatchInlineSnapshot(`
      "
      edit catalog/admin.py
      @@ 1
       from django.contrib import admin

      -from .models import Author, Book
      +from .models import Author, Book, Review

       admin.site.register(Author)

      @@ 9
       class BookAdmin(admin.ModelAdmin):
           list_display = ['title', 'author']
           search_fields = ['title', 'author__name']
      +
      +
      +@admin.register(Review)
      +class ReviewAdmin(admin.ModelAdmin):
      +    list_display = ['book', 'author', 'stars', 'written']
      edit catalog/models.py
      @@ 1
       from django.conf import settings
      +from django.core.validators import MaxValueValidator, MinValueValidator
       from django.db import models
      +from django.utils import timezone


       class Dated(models.Model):
      @@ 35
       class Loan(models.Model):
           book = models.ForeignKey('Book', on_delete=models.CASCADE)
           reader = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
      +
      +
      +class Review(models.Model):
      +    book = models.ForeignKey('Book', on_delete=models.CASCADE, related_name='reviews')
      +    author = models.ForeignKey(
      +        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True
      +    )
      +    stars = models.PositiveSmallIntegerField(
      +        default=3,
      +        help_text='How much the reader liked it',
      +        validators=[MinValueValidator(1), MaxValueValidator(5)],
      +    )
      +    text = models.TextField(blank=True)
      +    written = models.DateTimeField(default=timezone.now)
      +
      +    def __str__(self):
      +        return f'Review {self.pk}'
      "
    `);
  });
});

describe('field.add', () => {
  test('stands behind the last field', () => {
    const plan = indexOf(parser, LIBRARY).plan({
      kind: 'field.add',
      model: 'catalog.Book',
      after: null,
      field: { name: 'isbn', type: 'CharField', to: null, options: { max_length: '13', unique: 'True' } },
    });
    expect(readable(plan)).toMatchInlineSnapshot(`
      "
      edit catalog/models.py
      @@ 24
           sequel_to = models.ForeignKey('self', models.SET_NULL, null=True, blank=True)
           owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)
           readers = models.ManyToManyField('auth.User', through='Loan', related_name='+')
      +    isbn = models.CharField(max_length=13, unique=True)

           class Meta:
               ordering = ['title']
      note Rows that exist already need a value for isbn: the migration asks for it.
      "
    `);
  });
});
