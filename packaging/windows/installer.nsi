; The installer for one person: no administrator, files under LOCALAPPDATA, a Start menu entry, and an uninstaller. It fetches nothing.
; makensis -DVERSION=… -DTREE=… -DOUT=… installer.nsi
; 64 bits, as the program is.
Target amd64-unicode
Unicode true
SetCompressor /SOLID lzma
SetDateSave off
ManifestDPIAware true
RequestExecutionLevel user
Name "Evidence Trail"
OutFile "${OUT}"
InstallDir "$LOCALAPPDATA\Programs\Evidence Trail"
InstallDirRegKey HKCU "Software\Evidence Trail" "Folder"
Icon "${ICON}"
UninstallIcon "${ICON}"
BrandingText "Evidence Trail ${VERSION}"
VIProductVersion "${VERSION}.0"
VIAddVersionKey "ProductName" "Evidence Trail"
VIAddVersionKey "FileDescription" "Evidence Trail installer"
VIAddVersionKey "FileVersion" "${VERSION}"
VIAddVersionKey "LegalCopyright" "MIT licence"
!define UNINSTALL "Software\Microsoft\Windows\CurrentVersion\Uninstall\Evidence Trail"

Page directory
Page instfiles
UninstPage uninstConfirm
UninstPage instfiles

Section
  ; An older version is taken away first: a file that the new one has not would stay otherwise.
  RMDir /r "$INSTDIR\python"
  RMDir /r "$INSTDIR\Lib"
  SetOutPath "$INSTDIR"
  File /r "${TREE}\*"
  WriteUninstaller "$INSTDIR\Uninstall.exe"
  CreateShortCut "$SMPROGRAMS\Evidence Trail.lnk" "$INSTDIR\Evidence Trail.exe"
  WriteRegStr HKCU "Software\Evidence Trail" "Folder" "$INSTDIR"
  WriteRegStr HKCU "Software\Classes\.tlog-proof" "" "EvidenceTrail.SealReceipt"
  WriteRegStr HKCU "Software\Classes\EvidenceTrail.SealReceipt" "" "Seal receipt"
  WriteRegStr HKCU "Software\Classes\EvidenceTrail.SealReceipt\DefaultIcon" "" "$INSTDIR\Evidence Trail.exe,0"
  WriteRegStr HKCU "Software\Classes\EvidenceTrail.SealReceipt\shell\open\command" "" '"$INSTDIR\Evidence Trail.exe" look "%1"'
  WriteRegStr HKCU "${UNINSTALL}" "DisplayName" "Evidence Trail"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayIcon" "$INSTDIR\Evidence Trail.exe"
  WriteRegStr HKCU "${UNINSTALL}" "UninstallString" '"$INSTDIR\Uninstall.exe"'
  WriteRegStr HKCU "${UNINSTALL}" "QuietUninstallString" '"$INSTDIR\Uninstall.exe" /S'
  WriteRegDWORD HKCU "${UNINSTALL}" "NoModify" 1
  WriteRegDWORD HKCU "${UNINSTALL}" "NoRepair" 1
SectionEnd

Section "Uninstall"
  ; Only what the installer wrote: a store that somebody put into this folder stays.
  RMDir /r "$INSTDIR\python"
  RMDir /r "$INSTDIR\Lib"
  Delete "$INSTDIR\Evidence Trail.exe"
  Delete "$INSTDIR\evidence-trail.cmd"
  Delete "$INSTDIR\LICENCES.txt"
  Delete "$INSTDIR\READ ME.txt"
  Delete "$INSTDIR\Uninstall.exe"
  RMDir "$INSTDIR"
  Delete "$SMPROGRAMS\Evidence Trail.lnk"
  DeleteRegKey HKCU "${UNINSTALL}"
  DeleteRegKey HKCU "Software\Evidence Trail"
  DeleteRegKey HKCU "Software\Classes\EvidenceTrail.SealReceipt"
  DeleteRegKey HKCU "Software\Classes\.tlog-proof"
SectionEnd
