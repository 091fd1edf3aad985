# What production needs beyond the project's own requirements.
{% for line in production_requirements %}{{ line }}
{% endfor %}
