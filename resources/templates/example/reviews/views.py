from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from catalog.models import Book
from reviews.forms import ReviewForm


@require_POST
def add_review(request, slug):
    """Take a visitor's review; it is shown once the shop has published it."""
    book = get_object_or_404(Book, slug=slug)
    form = ReviewForm(request.POST)
    if not form.is_valid():
        context = {"book": book, "form": form}
        return render(request, "catalog/book_detail.html", context, status=422)
    form.instance.book = book
    form.save()
    messages.success(request, "Thank you. We read reviews before we show them.")
    return redirect(book)
