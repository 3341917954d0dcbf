"""What goes on behind the pages: the open sheet, the account, the run, work beside the window."""
