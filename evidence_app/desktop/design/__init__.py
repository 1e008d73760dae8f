"""How the window looks: theme, controls, tables, dialogs, pages and records as they are shown."""
