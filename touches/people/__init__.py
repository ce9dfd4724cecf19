"""People: reading lists of them, checking, matching, importing; changing, merging, exporting and erasing one."""
