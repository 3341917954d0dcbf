"""Files of every kind written by hand, for what no ordinary program would save."""
