"""Starts the host: the supervisor, or (with --channel) one of its children."""

import sys

# What a bare interpreter has loaded: a project can not shadow these, with manage.py neither.
BARE = frozenset(sys.modules)


def load_host() -> None:
    """Make the package importable without leaving its folder, or the working directory, on sys.path."""
    import os

    here = os.path.dirname(os.path.abspath(__file__))
    unwanted = {"", ".", here, os.getcwd()}
    sys.path[:] = [entry for entry in sys.path if entry not in unwanted]

    from importlib.util import module_from_spec, spec_from_file_location

    package = os.path.join(here, "samois_host")
    spec = spec_from_file_location(
        "samois_host", os.path.join(package, "__init__.py"), submodule_search_locations=[package]
    )
    assert spec is not None and spec.loader is not None
    module = module_from_spec(spec)
    sys.modules["samois_host"] = module
    spec.loader.exec_module(module)


if __name__ == "__main__":
    load_host()
    if "--channel" in sys.argv:
        from samois_host.child.main import main as run_child

        run_child(sys.argv, BARE)
    else:
        from samois_host.supervisor.main import main as run_supervisor

        run_supervisor(sys.argv[1:])
