"""The users of the project's database: whom to send requests as, and the first superuser."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db.models import CharField, Q, TextField

from samois_host.failure import JobFailure
from samois_host.jobs import Context
from samois_host.jobs.database import database_errors
from samois_host.jobs.parameters import Params, read, text

SEARCHED = ("email", "first_name", "last_name")


def user_model() -> Any:
    """The project's user model."""
    if not apps.is_installed("django.contrib.auth"):
        sentence = "This project has no users: django.contrib.auth is not in INSTALLED_APPS."
        raise JobFailure("no-users", sentence)
    return get_user_model()


def find_user(identifier: str) -> Any:
    """The user with this primary key, as text."""
    model = user_model()
    try:
        with database_errors():
            return model._default_manager.get(pk=model._meta.pk.to_python(identifier))
    except (model.DoesNotExist, ValidationError) as error:
        sentence = f"There is no user with the id {identifier}; it may have been deleted."
        raise JobFailure("unknown-user", sentence, {"id": identifier}) from error


def list_users(params: Params, context: Context) -> dict[str, Any]:
    """The job: users that match a search, the first of them."""
    model = user_model()
    search, limit = text(params, "search", "").strip(), read(params, "limit", int, 50)
    found = model._default_manager.all()
    if search:
        names = [model.USERNAME_FIELD, *(name for name in SEARCHED if _is_text(model, name))]
        condition = Q()
        for name in names:
            condition |= Q(**{f"{name}__icontains": search})
        found = found.filter(condition)
    with database_errors():
        total = found.count()
        users = [_describe(user) for user in found.order_by(model.USERNAME_FIELD, "pk")[: max(limit, 0)]]
    return {
        "userModel": model._meta.label,
        "usernameField": model.USERNAME_FIELD,
        "users": users,
        "total": total,
    }


def create_superuser(params: Params, context: Context) -> dict[str, Any]:
    """The job: a superuser, validated as the model and the project's password validators say."""
    model = user_model()
    password = text(params, "password")
    values = {**read(params, "extra", dict, {}), model.USERNAME_FIELD: text(params, "username")}
    email = text(params, "email", "")
    email_field = model.get_email_field_name()
    if email and email_field not in values and _has_field(model, email_field):
        values[email_field] = email
    with database_errors():
        _validate(model, values, password)
        user = model._default_manager.create_superuser(**_with_instances(model, values), password=password)
    return {"id": str(user.pk), "username": user.get_username()}


def _describe(user: Any) -> dict[str, Any]:
    full_name = user.get_full_name() if hasattr(user, "get_full_name") else ""
    return {
        "id": str(user.pk),
        "username": user.get_username(),
        "label": full_name or str(user),
        "isStaff": bool(getattr(user, "is_staff", False)),
        "isSuperuser": bool(getattr(user, "is_superuser", False)),
        "isActive": bool(getattr(user, "is_active", True)),
    }


def _has_field(model: Any, name: str) -> bool:
    try:
        model._meta.get_field(name)
    except FieldDoesNotExist:
        return False
    return True


def _is_text(model: Any, name: str) -> bool:
    return _has_field(model, name) and isinstance(model._meta.get_field(name), (CharField, TextField))


def _validate(model: Any, values: dict[str, Any], password: str) -> None:
    problems: dict[str, list[str]] = {}
    unknown = [name for name in values if not _has_field(model, name)]
    for name in unknown:
        problems[name] = [f"The user model has no field named {name}."]
    known = {name: value for name, value in values.items() if name not in unknown}
    user = model(**{model._meta.get_field(name).attname: value for name, value in known.items()})
    try:
        user.full_clean(exclude=["password"])
    except ValidationError as error:
        for name, messages in error.message_dict.items():
            problems.setdefault(name, []).extend(messages)
    if not password:
        problems["password"] = ["The password must not be empty."]
    else:
        try:
            validate_password(password, user)
        except ValidationError as error:
            problems["password"] = list(error.messages)
    if problems:
        sentence = f"The superuser was not created: {', '.join(problems)} cannot be used as given."
        raise JobFailure("invalid", sentence, {"fields": problems})


def _with_instances(model: Any, values: dict[str, Any]) -> dict[str, Any]:
    """As `createsuperuser` does: a foreign key is given as an instance that holds the key."""
    complete = {}
    for name, value in values.items():
        field = model._meta.get_field(name)
        complete[name] = field.related_model(pk=value) if field.many_to_one and value is not None else value
    return complete
