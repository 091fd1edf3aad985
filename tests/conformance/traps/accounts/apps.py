from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "accounts"
    label = "people"


class AccountsConfig(PeopleConfig):
    default = True
