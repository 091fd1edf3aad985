from django.test import TestCase
from django.urls import reverse

from catalog.models import Book


class ReviewTests(TestCase):
    fixtures = ["bookshop"]

    def setUp(self):
        self.book = Book.objects.get(slug="middlemarch")
        self.url = reverse("reviews:add", kwargs={"slug": self.book.slug})

    def test_review_waits_until_it_is_published(self):
        review = {"reviewer": "Dorothea", "rating": 5, "text": "Long, and worth it."}
        response = self.client.post(self.url, review, secure=True)
        self.assertRedirects(
            response, self.book.get_absolute_url(), fetch_redirect_response=False
        )
        self.assertFalse(self.book.reviews.get(reviewer="Dorothea").is_public)

    def test_rating_out_of_range_is_explained(self):
        review = {"reviewer": "Edward", "rating": 6, "text": "Too short."}
        response = self.client.post(self.url, review, secure=True)
        self.assertContains(response, "less than or equal to 5", status_code=422)
        self.assertFalse(self.book.reviews.filter(reviewer="Edward").exists())

    def test_reading_the_address_is_not_allowed(self):
        self.assertEqual(self.client.get(self.url, secure=True).status_code, 405)
