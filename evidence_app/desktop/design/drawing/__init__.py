"""How the window's own style draws and dresses controls: `style` is what Qt asks, the others are what it asks of them.

May import `tokens` alone of what lies beside it.
"""
