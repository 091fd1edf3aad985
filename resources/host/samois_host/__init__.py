"""The host: keeps a Django project warm and gives every job a process of its own."""

PROTOCOL = 1
