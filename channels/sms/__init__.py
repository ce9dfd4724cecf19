"""SMS: counting segments, composing, and the HTTP interfaces of gateways."""
