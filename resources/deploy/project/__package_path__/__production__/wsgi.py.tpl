"""What gunicorn serves: the site, with its health endpoints around it."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "{{ module }}.settings")
{% if project_wsgi %}
from {{ project_wsgi }} import application as site  # noqa: E402
{% else %}
from django.core.wsgi import get_wsgi_application  # noqa: E402
{% endif %}
from {{ module }}.health import HealthEndpoints  # noqa: E402

application = HealthEndpoints({% if project_wsgi %}site{% else %}get_wsgi_application(){% endif %})
