"""Reads a request: which call it is and whether its parameters have the right types."""

from __future__ import annotations

from typing import Any

from samois_host.failure import HostFailure
from samois_host.wire import Message

REQUIRED = object()

# Call → parameter → (type, default). A bool is no int here, as in JSON.
PARAMETERS: dict[str, dict[str, tuple[type, Any]]] = {
    "hello": {},
    "processes": {},
    "serve.start": {"host": (str, "localhost"), "port": (int, 8000)},
    "serve.stop": {},
    "serve.restart": {},
    "serve.reload": {"files": (list, []), "kind": (str, "changed")},
    "serve.tabs": {"on": (bool, REQUIRED)},
    "job.run": {"job": (str, REQUIRED), "params": (dict, {}), "env": (dict, {}), "settings": (str, "")},
    "job.cancel": {"id": (object, REQUIRED)},
    "job.tell": {"id": (object, REQUIRED), "message": (object, None)},
    "traces.list": {},
    "traces.read": {"id": (int, REQUIRED)},
    "traces.clear": {},
    "traces.switch": {"on": (bool, REQUIRED)},
    "shutdown": {},
}


def parse(request: Message) -> tuple[Any, str, Message]:
    """The id, the call and its complete parameters; raises HostFailure with what is wrong."""
    call, given = request.get("call"), request.get("params")
    if not isinstance(call, str) or call not in PARAMETERS:
        raise HostFailure("bad-request", f"The host has no call named {call!r}.", {"call": call})
    if given is None:
        given = {}
    if not isinstance(given, dict):
        raise HostFailure("bad-request", f"The params of {call} must be an object.", {"call": call})
    parameters: Message = {}
    for name, (kind, default) in PARAMETERS[call].items():
        value = given.get(name, default)
        wrong_type = not isinstance(value, kind) or (kind is int and isinstance(value, bool))
        if value is REQUIRED or (wrong_type and value is not default):
            sentence = f"{call} needs {name} as {kind.__name__}."
            raise HostFailure("bad-request", sentence, {"call": call, "parameter": name})
        parameters[name] = value
    if not all(isinstance(each, str) for each in parameters.get("files", ())):
        raise HostFailure("bad-request", "serve.reload needs files as a list of paths.", {"call": call})
    return request.get("id"), call, parameters
