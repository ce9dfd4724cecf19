"""What marketers do with news: see what became of each piece, write new ones, preview them, draft from feeds."""
