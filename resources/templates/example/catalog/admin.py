from django.contrib import admin

from catalog.models import Author, Book, Contribution, Publisher


class ContributionInline(admin.TabularInline):
    model = Contribution
    autocomplete_fields = ["author"]
    extra = 0


@admin.register(Author)
class AuthorAdmin(admin.ModelAdmin):
    list_display = ["name", "born"]
    search_fields = ["name"]


@admin.register(Publisher)
class PublisherAdmin(admin.ModelAdmin):
    list_display = ["name", "country", "website"]
    search_fields = ["name"]


@admin.register(Book)
class BookAdmin(admin.ModelAdmin):
    list_display = ["title", "genre", "publisher", "price", "stock"]
    list_filter = ["genre", "publisher"]
    list_select_related = ["publisher"]
    search_fields = ["title", "isbn", "authors__name"]
    prepopulated_fields = {"slug": ["title"]}
    autocomplete_fields = ["publisher"]
    inlines = [ContributionInline]
