"""Everything that runs in production only: settings, health endpoints, logs."""
