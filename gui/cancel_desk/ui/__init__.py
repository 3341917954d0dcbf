"""Everything Qt: the window, its pages, the grid and the dialogs."""
