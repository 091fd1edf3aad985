"""The questioner of the autodetector: its answers come with the job, what has none becomes a question."""

from __future__ import annotations

import datetime
import decimal
import uuid
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.questioner import MigrationQuestioner
from django.db.models import NOT_PROVIDED
from django.utils import timezone

# As in Django's own prompt (InteractiveMigrationQuestioner), with what else a default may need.
NAMES_IN_EXPRESSIONS = {"datetime": datetime, "timezone": timezone, "decimal": decimal, "uuid": uuid}

SUGGESTED = {
    "BigIntegerField": "0",
    "BinaryField": "b''",
    "BooleanField": "False",
    "CharField": "''",
    "DateField": "timezone.now",
    "DateTimeField": "timezone.now",
    "DecimalField": "0",
    "DurationField": "datetime.timedelta()",
    "FileField": "''",
    "FilePathField": "''",
    "FloatField": "0.0",
    "IntegerField": "0",
    "JSONField": "dict",
    "PositiveBigIntegerField": "0",
    "PositiveIntegerField": "0",
    "PositiveSmallIntegerField": "0",
    "SlugField": "''",
    "SmallIntegerField": "0",
    "TextField": "''",
    "TimeField": "timezone.now",
    "UUIDField": "uuid.uuid4",
}
YES_NO = ((True, "Yes, rename it and keep its data"), (False, "No, remove the old and add the new"))
ASK_EXPRESSION = "Give a value for the existing rows"


@dataclass
class Question:
    """Something that only the author of the change knows."""

    kind: str
    app: str
    model: str
    field: str | None
    message: str
    options: tuple[tuple[Any, str], ...] = ()
    expression: bool = False
    default: Any = None
    error: str | None = None
    between: str = ""

    @property
    def id(self) -> str:
        """Stays the same from one plan to the next."""
        place = ".".join(filter(None, (self.app, self.model, self.field)))
        return f"{self.kind}:{place}{self.between}"

    def as_json(self) -> dict[str, Any]:
        """The question as it goes to the studio."""
        question = {
            "id": self.id,
            "kind": self.kind,
            "app": self.app,
            "model": self.model,
            "field": self.field,
            "message": self.message,
            "options": [{"answer": answer, "label": label} for answer, label in self.options],
            "expression": self.expression,
        }
        if self.default is not None:
            question["default"] = self.default
        if self.error is not None:
            question["error"] = self.error
        return question


class Questioner(MigrationQuestioner):
    """Answers from a dictionary; never asks on a terminal, never ends the process."""

    def __init__(self, answers: dict[str, Any], specified_apps: set[str]) -> None:
        super().__init__(specified_apps=specified_apps)
        self.answers = answers
        self.open: list[Question] = []
        self.autodetector: MigrationAutodetector | None = None
        self._asked: set[str] = set()

    def ask_rename(self, model_name: str, old_name: str, new_name: str, field_instance: Any) -> bool:
        """Whether a field was renamed."""
        app, model = self._model_of(model_name, new_name, field_instance)
        message = f"Was {app}.{model}.{old_name} renamed to {new_name}?"
        between = f":{old_name}"
        return self._yes_no(Question("rename_field", app, model, new_name, message, YES_NO, between=between))

    def ask_rename_model(self, old_model_state: Any, new_model_state: Any) -> bool:
        """Whether a model was renamed."""
        app, new, old = new_model_state.app_label, new_model_state.name, old_model_state.name
        message = f"Was the model {app}.{old} renamed to {new}?"
        return self._yes_no(Question("rename_model", app, new, None, message, YES_NO, between=f":{old}"))

    def ask_not_null_addition(self, field_name: str, model_name: str) -> Any:
        """The value that a new required field has in existing rows."""
        message = "The new field {place} may not be empty, but existing rows need a value in it."
        return self._value("not_null_default", field_name, model_name, message)

    def ask_auto_now_add_addition(self, field_name: str, model_name: str) -> Any:
        """The moment that a new auto_now_add field has in existing rows."""
        message = "The new field {place} is set when a row is added; existing rows need a value in it."
        return self._value("auto_now_add_default", field_name, model_name, message)

    def ask_not_null_alteration(self, field_name: str, model_name: str) -> Any:
        """What becomes of the empty values of a field that may no longer be empty."""
        message = "The field {place} may no longer be empty: what about existing rows that are?"
        ignore = ((None, "Leave them: another migration or I have dealt with them"),)
        return self._value("not_null_alteration", field_name, model_name, message, ignore)

    def ask_unique_callable_default_addition(self, field_name: str, model_name: str) -> None:
        """Whether to go on although one call of the default fills all existing rows."""
        app, model = self._model_of(model_name, field_name)
        message = (
            f"{app}.{model}.{field_name} is unique and has a callable default, which is called once: all "
            "existing rows would get the same value. Go on, and edit the migration by hand?"
        )
        options = ((True, "Yes, I will edit the migration"),)
        question = Question("unique_callable_default", app, model, field_name, message, options)
        if self.answers.get(question.id) is not True:
            self.open.append(question)

    def _yes_no(self, question: Question) -> bool:
        answer = self.answers.get(question.id)
        if isinstance(answer, bool):
            return answer
        self.open.append(question)
        return False

    def _value(
        self,
        kind: str,
        field_name: str,
        model_name: str,
        message: str,
        options: tuple[tuple[Any, str], ...] = (),
    ) -> Any:
        app, model = self._model_of(model_name, field_name)
        instance = self._state(app, model_name).get_field(field_name)
        suggestion = SUGGESTED.get(instance.get_internal_type())
        place = f"{app}.{model}.{field_name}"
        question = Question(
            kind, app, model, field_name, message.format(place=place), options, True, suggestion
        )
        if question.id in self.answers:
            answer = self.answers[question.id]
            if answer is None and options:
                return NOT_PROVIDED
            try:
                return _evaluate(answer, instance)
            except Exception as error:  # noqa: BLE001 - the user's expression may raise anything
                question.error = f"{answer!r} cannot be used: {_reason(error)}"
        self.open.append(question)
        if options or suggestion is None:
            return NOT_PROVIDED if options else None
        return _evaluate(suggestion, None)

    def _state(self, app: str, model_name: str) -> Any:
        assert self.autodetector is not None
        return self.autodetector.to_state.models[app, model_name.lower()]

    def _model_of(self, model_name: str, field_name: str, instance: Any = None) -> tuple[str, str]:
        """App and name of the model that is asked about: the autodetector gives the model's name only.

        Where two apps have the same model with the same new field they are asked about in sorted order.
        """
        assert self.autodetector is not None
        found = [
            (app, state)
            for (app, name), state in sorted(self.autodetector.to_state.models.items())
            if name == model_name.lower() and field_name in state.fields
        ]
        same = [(app, state) for app, state in found if state.fields[field_name] is instance]
        fresh = [pair for pair in found if f"{pair[0]}.{model_name}.{field_name}" not in self._asked]
        changed = [pair for pair in fresh if self._changes(*pair, field_name)]
        app, state = (same or changed or fresh or found)[0]
        self._asked.add(f"{app}.{model_name}.{field_name}")
        return app, state.name

    def _changes(self, app: str, state: Any, field_name: str) -> bool:
        assert self.autodetector is not None
        before = self.autodetector.from_state.models.get((app, state.name_lower))
        if before is None or field_name not in before.fields:
            return True
        return before.fields[field_name].null and not state.fields[field_name].null


def _evaluate(expression: Any, instance: Any) -> Any:
    if not isinstance(expression, str):
        raise TypeError("an answer is a Python expression as text")
    # The author's own expression, evaluated as at Django's prompt, in the author's own trusted project.
    value = eval(expression, {}, dict(NAMES_IN_EXPRESSIONS))
    if instance is not None and not callable(value):
        if value is None:
            raise ValueError("None is what the field may not hold")
        if instance.remote_field is None:  # in a state, the model that a relation leads to is only a name
            instance.to_python(value)
    return value


def _reason(error: Exception) -> str:
    if isinstance(error, ValidationError):
        return " ".join(error.messages)
    return f"{type(error).__name__}: {error}"
