"""What a run does outside its window: taskbar, notifications, and keeping the computer awake."""
