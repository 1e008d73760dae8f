"""The parts of a package as a CycloneDX bill of materials (CycloneDX 1.6, JSON), for whoever asks a database of weaknesses about them."""

import json
from collections.abc import Sequence
from email.message import Message
from email.parser import HeaderParser
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

from tools.packages import archives

NAMESPACE = UUID("6b4bb5de-9d8c-5f35-9ab9-3d6b1c8e9a10")
SPDX = {"MIT": "MIT", "MIT License": "MIT", "BSD-3-Clause": "BSD-3-Clause", "Apache-2.0": "Apache-2.0"}
"""Licences that packages name in words of their own, as SPDX has them."""


def write_sbom(
    site: Path, wheels: Sequence[Path], version: str, out: Path, extra: Sequence[dict[str, Any]] = ()
) -> None:
    """Write what is in site-packages, with the SHA-256 of the wheel that each part came from, and `extra` components beside.

    The serial number follows from the content, and the time is that of all files: two builds have the same.
    """
    digests = {_folded(path.name.split("-")[0]): sha256(path.read_bytes()).hexdigest() for path in wheels}
    components = [_component(folder, digests) for folder in sorted(site.glob("*.dist-info"))]
    components = [each for each in components if each["name"] != "evidence-trail"] + list(extra)
    components.sort(key=lambda each: (each["name"].lower(), each["version"]))
    bill: dict[str, Any] = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "timestamp": archives.source_date().strftime("%Y-%m-%dT%H:%M:%SZ"),
            "component": {
                "type": "application",
                "bom-ref": "evidence-trail",
                "name": "evidence-trail",
                "version": version,
                "licenses": [{"license": {"id": "MIT"}}],
            },
        },
        "components": components,
        "dependencies": [{"ref": "evidence-trail", "dependsOn": [each["bom-ref"] for each in components]}],
    }
    spelled = json.dumps(bill, ensure_ascii=False, sort_keys=True)
    bill["serialNumber"] = f"urn:uuid:{uuid5(NAMESPACE, spelled)}"
    out.write_text(json.dumps(bill, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def cpython_component(version: str, digest: str) -> dict[str, Any]:
    """Return the component of the embedded CPython; `digest` is the SHA-256 of its archive."""
    return {
        "type": "platform",
        "bom-ref": f"pkg:generic/python@{version}",
        "name": "CPython",
        "version": version,
        "purl": f"pkg:generic/python@{version}",
        "cpe": f"cpe:2.3:a:python:python:{version}:*:*:*:*:*:*:*",
        "hashes": [{"alg": "SHA-256", "content": digest}],
        "licenses": [{"license": {"id": "PSF-2.0"}}],
    }


def _component(folder: Path, digests: dict[str, str]) -> dict[str, Any]:
    facts = HeaderParser().parsestr((folder / "METADATA").read_text(encoding="utf-8"))
    name, version = str(facts["Name"]), str(facts["Version"])
    purl = f"pkg:pypi/{_folded(name)}@{version}"
    component: dict[str, Any] = {"type": "library", "bom-ref": purl, "name": name, "version": version, "purl": purl}
    digest = digests.get(_folded(name))
    if digest is not None:
        component["hashes"] = [{"alg": "SHA-256", "content": digest}]
    return component | _licences(facts)


def _licences(facts: Message) -> dict[str, Any]:
    """Return a package's licence: an SPDX expression where it has one, else what it says in its own words."""
    if facts.get("License-Expression"):
        return {"licenses": [{"expression": str(facts["License-Expression"])}]}
    classified = [
        each.rpartition(" :: ")[2] for each in facts.get_all("Classifier", []) if each.startswith("License ::")
    ]
    named = [str(facts.get("License") or "").split("\n")[0].strip() or ", ".join(classified)]
    return {"licenses": [{"license": {"id": SPDX[each]} if each in SPDX else {"name": each}} for each in named if each]}


def _folded(name: str) -> str:
    """Return a package's name as the index folds it (PEP 503)."""
    return name.lower().replace("_", "-").replace(".", "-")
