"""Folders of templates: rendered by Django, written all or not at all, without the project."""

from __future__ import annotations

import os
from pathlib import Path

from support import Project, hosting


def test_a_folder_of_templates(project: Project, tmp_path: Path) -> None:
    project.write("site_of_tests/settings.py", "this does not even parse (\n")
    template, target = tmp_path / "template", tmp_path / "tar get"
    (template / "__name__").mkdir(parents=True)
    (template / "__name__/__init__.py").write_text("")
    (template / "__name__/settings.py.tpl").write_text(
        "NAME = '{{ title }}'\n{% if postgres %}PG{% endif %}{% for n in numbers %}{{ n }},{% endfor %}\n"
    )
    (template / "logo.bin").write_bytes(b"\x00\xff{{ title }}")
    (template / "manage.py.tpl").write_text("#!\n")
    (template / "manage.py.tpl").chmod(0o755)
    params = {
        "template": str(template),
        "target": str(target),
        "context": {"title": "<R&D's>", "postgres": False, "numbers": [1000, 2.5]},
        "names": {"name": "été"},
    }
    with hosting(project) as host:
        written = host.job("templates.render", **params)["written"]
        assert sorted(os.path.relpath(path, target) for path in written) == [
            "logo.bin",
            "manage.py",
            "été/__init__.py",
            "été/settings.py",
        ]
        assert (target / "été/settings.py").read_text() == "NAME = '<R&D's>'\n1000,2.5,\n"
        assert (target / "logo.bin").read_bytes() == b"\x00\xff{{ title }}"
        assert os.access(target / "manage.py", os.X_OK)
        failure = host.job_failure("templates.render", **params)
        assert failure["code"] == "target-exists" and len(failure["detail"]["files"]) == 4
        assert len(host.job("templates.render", **params, overwrite=True)["written"]) == 4

        other = {**params, "target": str(tmp_path / "other"), "context": {}}
        failure = host.job_failure("templates.render", **other)
        assert failure["code"] == "template-error" and failure["detail"]["variable"] == "title"
        (template / "broken.tpl").write_text("{% nonsense %}")
        failure = host.job_failure("templates.render", **{**params, "target": str(tmp_path / "other")})
        assert failure["code"] == "template-error" and failure["detail"]["file"].endswith("broken.tpl")
        (template / "broken.tpl").unlink()
        failure = host.job_failure("templates.render", **{**other, "names": {"name": "../../x"}})
        assert failure["code"] in ("bad-request", "template-error")
        assert not (tmp_path / "other").exists() and not (tmp_path / "x").exists()
        failure = host.job_failure("templates.render", **{**params, "template": "/nowhere"})
        assert failure["code"] == "bad-request"
