from django.contrib.auth.models import AbstractUser, Group as AuthGroup
from django.db import models


class Member(AbstractUser):
    birthday = models.DateField(null=True)
    circles = models.ManyToManyField(AuthGroup, related_name="+", through="Membership")


class Membership(models.Model):
    member = models.ForeignKey("people.member", on_delete=models.CASCADE)
    group = models.ForeignKey(AuthGroup, on_delete=models.CASCADE)
    pk = models.CompositePrimaryKey("member_id", "group_id")


class Administrator(Member):
    class Meta:
        proxy = True
