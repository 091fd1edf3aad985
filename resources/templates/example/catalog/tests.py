from django.test import TestCase
from django.urls import reverse

from catalog.models import Book


class CatalogTests(TestCase):
    fixtures = ["bookshop"]

    def setUp(self):
        self.book = Book.objects.get(slug="frankenstein")

    def test_list_takes_the_same_queries_for_any_number_of_books(self):
        with self.assertNumQueries(3):  # count, page with publishers, authors
            self.client.get(reverse("catalog:book-list"), secure=True)

    def test_search_finds_authors(self):
        response = self.client.get(
            reverse("catalog:book-list"), {"q": "shelley"}, secure=True
        )
        self.assertEqual(list(response.context["book_list"]), [self.book])

    def test_genre_filters(self):
        response = self.client.get(
            reverse("catalog:book-list"), {"genre": Book.Genre.POETRY}, secure=True
        )
        genres = {book.genre for book in response.context["book_list"]}
        self.assertEqual(genres, {Book.Genre.POETRY})

    def test_detail_shows_contributors(self):
        response = self.client.get(self.book.get_absolute_url(), secure=True)
        self.assertContains(response, "Mary Shelley")

    def test_stock_is_json(self):
        response = self.client.get(reverse("catalog:stock"), secure=True)
        self.assertEqual(len(response.json()["books"]), Book.objects.count())
