"""No routes: taggit has none."""

urlpatterns = []
