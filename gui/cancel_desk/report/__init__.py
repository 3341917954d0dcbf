"""What is made of runs for people: result sheets, printable pages, restock lists and numbers."""
