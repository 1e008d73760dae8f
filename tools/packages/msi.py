"""The source of the MSI (WiX, as wixl reads it): every file of the program, for one person, under LOCALAPPDATA."""

from hashlib import sha256
from pathlib import Path
from uuid import UUID, uuid5
from xml.sax.saxutils import quoteattr

from tools.packages.archives import files_under

NAMESPACE = UUID("6b4bb5de-9d8c-5f35-9ab9-3d6b1c8e9a10")
"""What the identifiers of this product are made from: they are the same in every build."""
HEAD = """<?xml version="1.0" encoding="utf-8"?>
<Wix xmlns="http://schemas.microsoft.com/wix/2006/wi">
  <Product Id="{product}" Name="Evidence Trail" Language="1033" Version="{version}" Manufacturer="Evidence Trail" UpgradeCode="{upgrade}">
    <Package InstallerVersion="500" Compressed="yes" InstallScope="perUser" InstallPrivileges="limited" />
    <MajorUpgrade DowngradeErrorMessage="A newer version is installed." />
    <Media Id="1" Cabinet="files.cab" EmbedCab="yes" />
    <Property Id="ALLUSERS" Secure="yes" />
    <Property Id="ARPNOMODIFY" Value="1" />
    <Directory Id="TARGETDIR" Name="SourceDir">
      <Directory Id="LocalAppDataFolder">
        <Directory Id="Programs" Name="Programs">
          <Directory Id="INSTALLDIR" Name="Evidence Trail">
"""
MIDDLE = """          </Directory>
        </Directory>
      </Directory>
      <Directory Id="ProgramMenuFolder">
        <Component Id="StartMenu" Guid="{shortcut}">
          <Shortcut Id="Start" Name="Evidence Trail" Target="[INSTALLDIR]Evidence Trail.exe" WorkingDirectory="INSTALLDIR" />
          <RegistryValue Root="HKCU" Key="Software\\Evidence Trail" Name="Folder" Type="string" Value="[INSTALLDIR]" KeyPath="yes" />
          <RegistryValue Root="HKCU" Key="Software\\Classes\\.tlog-proof" Type="string" Value="EvidenceTrail.SealReceipt" />
          <RegistryValue Root="HKCU" Key="Software\\Classes\\EvidenceTrail.SealReceipt" Type="string" Value="Seal receipt" />
          <RegistryValue Root="HKCU" Key="Software\\Classes\\EvidenceTrail.SealReceipt\\shell\\open\\command" Type="string"
            Value="&quot;[INSTALLDIR]Evidence Trail.exe&quot; look &quot;%1&quot;" />
        </Component>
      </Directory>
    </Directory>
    <Feature Id="Everything" Level="1">
      <ComponentRef Id="StartMenu" />
"""
TAIL = """    </Feature>
  </Product>
</Wix>
"""


def source_of(tree: Path, version: str) -> str:
    """Return the source, which is to lie beside the tree. Identifiers follow from names and the version, so that two builds are the same."""
    components: list[str] = []
    body = _folder(tree, tree, components, 6)
    head = HEAD.format(product=_guid(f"product {version}"), version=version, upgrade=_guid("upgrade"))
    middle = MIDDLE.format(shortcut=_guid("shortcut"))
    references = "".join(f'      <ComponentRef Id="{each}" />\n' for each in components)
    return head + body + middle + references + TAIL


def package_code(tree: Path) -> str:
    """Return the code of a package: another wherever its files are others, and the same for the same."""
    digests = b"".join(name.encode("utf-8") + sha256(path.read_bytes()).digest() for name, path in files_under(tree))
    return f"{{{_guid(f'package {sha256(digests).hexdigest()}')}}}"


def _folder(folder: Path, tree: Path, components: list[str], depth: int) -> str:
    """Return a folder's elements: one component with its files, then its folders."""
    indent, lines = "  " * depth, []
    name = folder.relative_to(tree).as_posix()
    files = sorted(each for each in folder.iterdir() if each.is_file())
    if files:
        identity = _identity("c", name)
        components.append(identity)
        lines.append(f'{indent}<Component Id="{identity}" Guid="{_guid(f"folder {name}")}">')
        # What is installed for one person is known by a key of its registry.
        key = f'{indent}  <RegistryValue Root="HKCU" Key="Software\\Evidence Trail\\Parts" Name={quoteattr(name)} Type="integer" Value="1" KeyPath="yes" />'
        lines.append(key)
        for file in files:
            at = file.relative_to(tree).as_posix()
            # wixl finds files beside its source alone, and takes no full path.
            source = quoteattr(f"{tree.name}/{at}")
            lines.append(
                f"{indent}  <File Id={quoteattr(_identity('f', at))} Name={quoteattr(file.name)} Source={source} />"
            )
        lines.append(f'{indent}  <RemoveFolder Id="{_identity("r", name)}" On="uninstall" />')
        lines.append(f"{indent}</Component>")
    for inner in sorted(each for each in folder.iterdir() if each.is_dir()):
        at = inner.relative_to(tree).as_posix()
        lines.append(f"{indent}<Directory Id={quoteattr(_identity('d', at))} Name={quoteattr(inner.name)}>")
        lines.append(_folder(inner, tree, components, depth + 1).rstrip("\n"))
        lines.append(f"{indent}</Directory>")
    return "\n".join(lines) + "\n"


def _identity(sort: str, name: str) -> str:
    return f"{sort}{sha256(name.encode('utf-8')).hexdigest()[:30]}"


def _guid(name: str) -> str:
    return str(uuid5(NAMESPACE, name)).upper()
