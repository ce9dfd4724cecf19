"""What people do and owe: calls and what came of them, conversations, promises, complaints, lists, hand-overs."""
