"""Keys and clocks of others: cards, witnesses, time stamps."""
