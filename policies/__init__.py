"""What marketers write: cadences and news, read from text files into checked values."""
