"""What runs in the supervisor: the protocol, the children, the listening socket."""
