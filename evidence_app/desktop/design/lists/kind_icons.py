"""Which icon stands for a kind of record, beside its name and never instead of it."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

KIND_ICONS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "instruction": "quote",
        "decision": "scale",
        "concern": "circle-alert",
        "message": "mail",
        "mail-receipt": "mail-check",
        "drafted-mail": "send",
        "response": "reply",
        "escalation": "circle-arrow-up",
        "meeting": "calendar-clock",
        "client-agreement": "handshake",
        "workload": "gauge",
        "case-outcome": "circle-check",
        "allocation": "inbox",
        "policy": "file-text",
        "request": "send",
        "referral": "link",
        "assessment": "shield-check",
        "system-figure": "chart-line",
        "hold-end": "hand",
        "good-practice": "seal",
        "health-and-safety": "user-check",
        "training": "sticky-note",
        "posting": "briefcase",
        "refusal": "hand",
        "gap": "hourglass",
        "incident": "triangle-alert",
        "note": "sticky-note",
        "outcome": "circle-check",
        "member": "user",
        "member-case": "briefcase",
        "deadline": "clock",
        "document": "file-text",
        "facility-time": "clock",
        "collective": "users",
        "export": "share",
        "print": "printer",
        "key-change": "key-round",
        "card": "user-check",
        "witnessing": "eye",
        "cosignature": "seal",
        "time-stamp": "clock",
        "bundle-stamp": "clock",
        "handover": "inbox",
    }
)
"""The icon of each kind, by the kind's name."""
OTHER: Final = "archive"
"""The icon of every other kind."""


def icon_of(kind: str) -> str:
    """Return the name of the icon of a kind."""
    return KIND_ICONS.get(kind, OTHER)
