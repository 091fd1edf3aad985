"""What one request did: its queries, templates, log lines, signals and failure. Nothing runs while off."""
