from django.urls import path

from catalog import views

app_name = "catalog"

urlpatterns = [
    path("", views.BookListView.as_view(), name="book-list"),
    path("stock.json", views.stock, name="stock"),
    path("<slug:slug>/", views.BookDetailView.as_view(), name="book-detail"),
]
