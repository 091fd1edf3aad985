from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.fields import GenericForeignKey, GenericRelation
from django.contrib.contenttypes.models import ContentType
from django.db.models import *  # noqa: F403
from django.db.models import CASCADE, CharField as Text

from core import abstract
from core.fields import OwnerField
from core.users import user_model_name

User = get_user_model()
reviewer = user_model_name()


class Review(abstract.Dated):
    content_type = ForeignKey(ContentType, CASCADE)  # noqa: F405
    object_id = PositiveIntegerField()  # noqa: F405
    about = GenericForeignKey("content_type", "object_id")
    by = ForeignKey(User, on_delete=CASCADE, related_name="reviews")  # noqa: F405
    checked_by = ForeignKey(reviewer, on_delete=CASCADE, related_name="+")  # noqa: F405
    owner = OwnerField(getattr(settings, "AUTH_USER_MODEL", "auth.User"), CASCADE, related_name="+")


class Author(abstract.Named, abstract.Dated):
    name = Text("full name", max_length=200)
    changed = None
    teacher = ForeignKey("self", null=True, on_delete=SET_NULL)  # noqa: F405
    reviews = GenericRelation(Review)

    class Meta(abstract.Named.Meta, abstract.Dated.Meta):
        db_table = "writers"

    @property
    def initials(self):
        return "".join(part[0] for part in self.name.split())

    def __str__(self):
        return self.name
