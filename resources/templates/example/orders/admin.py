from django.contrib import admin

from orders.models import Customer, Order, OrderLine


class OrderLineInline(admin.TabularInline):
    model = OrderLine
    autocomplete_fields = ["book"]
    extra = 0


@admin.register(Customer)
class CustomerAdmin(admin.ModelAdmin):
    list_display = ["name", "email"]
    search_fields = ["name", "email"]


@admin.register(Order)
class OrderAdmin(admin.ModelAdmin):
    list_display = ["__str__", "status", "placed_at", "total"]
    list_filter = ["status"]
    list_select_related = ["customer"]
    date_hierarchy = "placed_at"
    autocomplete_fields = ["customer"]
    inlines = [OrderLineInline]

    def get_queryset(self, request):
        return super().get_queryset(request).with_total()

    @admin.display(ordering="total")
    def total(self, order):
        return order.total
