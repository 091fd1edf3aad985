from django.contrib import admin

from reviews.models import Review


@admin.register(Review)
class ReviewAdmin(admin.ModelAdmin):
    list_display = ["book", "reviewer", "rating", "is_public", "created_at"]
    list_filter = ["is_public", "rating"]
    list_select_related = ["book"]
    search_fields = ["book__title", "reviewer", "text"]
    actions = ["publish"]

    @admin.action(description="Publish selected reviews")
    def publish(self, request, queryset):
        count = queryset.update(is_public=True)
        self.message_user(request, f"{count} reviews are public now.")
