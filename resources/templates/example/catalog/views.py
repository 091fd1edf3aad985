from django.db.models import Q
from django.http import JsonResponse
from django.views.generic import DetailView, ListView

from catalog.models import Book
from reviews.forms import ReviewForm


class BookListView(ListView):
    """All books, or those that a search finds."""

    paginate_by = 10

    def get_queryset(self):
        books = Book.objects.select_related("publisher").prefetch_related("authors")
        if words := self.request.GET.get("q", "").strip():
            books = books.filter(
                Q(title__icontains=words) | Q(authors__name__icontains=words)
            ).distinct()
        if (genre := self.request.GET.get("genre")) in Book.Genre.values:
            books = books.filter(genre=genre)
        return books


class BookDetailView(DetailView):
    """One book with its reviews and the form for another."""

    queryset = Book.objects.select_related("publisher").prefetch_related(
        "contributions__author"
    )

    def get_context_data(self, **kwargs):
        reviews = self.object.reviews.filter(is_public=True)
        return super().get_context_data(reviews=reviews, form=ReviewForm(), **kwargs)


def stock(request):
    """What the shop has, as JSON."""
    books = Book.objects.values("isbn", "title", "price", "stock")
    return JsonResponse({"books": list(books)})
