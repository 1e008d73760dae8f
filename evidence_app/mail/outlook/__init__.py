"""Outlook's items: .msg files, TNEF and data files, and the properties that they hold ([MS-OXMSG], [MS-OXTNEF], [MS-PST], [MS-OXPROPS]).

May import `mail.contents`, the modules of `mail` that read headers, `documents`, `domain` and `proof`.
"""
