from django.contrib.auth.mixins import PermissionRequiredMixin
from django.views.generic import ListView

from orders.models import Order


class OrderListView(PermissionRequiredMixin, ListView):
    """The orders, for those who may see them in the admin."""

    permission_required = "orders.view_order"
    paginate_by = 20

    def get_queryset(self):
        orders = Order.objects.select_related("customer").with_total()
        return orders.order_by("-placed_at")  # grouping drops the model's own order
