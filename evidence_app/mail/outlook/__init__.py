"""Outlook's items: .msg files and TNEF, and the properties that both hold ([MS-OXMSG], [MS-OXTNEF], [MS-OXPROPS])."""
