"""Renders a project template with the command behind ``django-admin startproject``.

Started by the Python of the new project's environment with a name, a target folder, a template
folder, and as JSON the template variables that the command line has no option for.
"""

import json
import sys

from django.core.management import CommandError
from django.core.management.commands.startproject import Command


def main(name, target, template, variables):
    try:
        Command().handle(
            name=name,
            directory=target,
            template=template,
            extensions=["py"],
            files=["README.md", "requirements.txt"],
            verbosity=1,
            **json.loads(variables),
        )
    except CommandError as error:
        sys.exit(f"CommandError: {error}")


main(*sys.argv[1:])
