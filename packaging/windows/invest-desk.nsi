; The installer for Windows: for one person, without administrator rights, in Chinese and English.
; makensis -DVERSION=1.2.3 -DSOURCE=folder -DICON=file.ico -DOUT=setup.exe invest-desk.nsi

Unicode true
SetCompressor /SOLID lzma
RequestExecutionLevel user
ManifestDPIAware true

!include "MUI2.nsh"
!include "FileFunc.nsh"
!include "LogicLib.nsh"

!define APP "InvestDesk"
!define UNINSTALL "Software\Microsoft\Windows\CurrentVersion\Uninstall\${APP}"
!define TEAM_TYPE "InvestDesk.Team"

Name "$(name)"
OutFile "${OUT}"
InstallDir "$LOCALAPPDATA\Programs\${APP}"
InstallDirRegKey HKCU "Software\${APP}" "Folder"
BrandingText "Invest Desk ${VERSION}"
ShowInstDetails nevershow
ShowUninstDetails nevershow

VIProductVersion "${VERSION}.0"
VIAddVersionKey "ProductName" "Invest Desk"
VIAddVersionKey "ProductVersion" "${VERSION}"
VIAddVersionKey "FileVersion" "${VERSION}"
VIAddVersionKey "FileDescription" "Invest Desk"
VIAddVersionKey "LegalCopyright" "MIT"

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_ABORTWARNING
!define MUI_FINISHPAGE_RUN "$INSTDIR\invest-desk.exe"
!define MUI_FINISHPAGE_RUN_TEXT "$(run_now)"
!define MUI_LANGDLL_REGISTRY_ROOT HKCU
!define MUI_LANGDLL_REGISTRY_KEY "Software\${APP}"
!define MUI_LANGDLL_REGISTRY_VALUENAME "Language"

!insertmacro MUI_PAGE_WELCOME
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES

!insertmacro MUI_LANGUAGE "SimpChinese"
!insertmacro MUI_LANGUAGE "English"
!insertmacro MUI_RESERVEFILE_LANGDLL

LangString name ${LANG_SIMPCHINESE} "招商工作台"
LangString name ${LANG_ENGLISH} "Invest Desk"
LangString run_now ${LANG_SIMPCHINESE} "现在打开招商工作台"
LangString run_now ${LANG_ENGLISH} "Open Invest Desk now"
LangString team_type ${LANG_SIMPCHINESE} "招商工作台团队文件"
LangString team_type ${LANG_ENGLISH} "Invest Desk team file"
LangString running ${LANG_SIMPCHINESE} "招商工作台正在运行。请先关闭它（未保存的输入会自动保存），然后点“重试”。"
LangString running ${LANG_ENGLISH} "Invest Desk is running. Please close it (what you typed is saved), then choose Retry."
LangString not_ours ${LANG_SIMPCHINESE} "这个文件夹里已有其他内容。请选择空文件夹，或招商工作台原来的文件夹。"
LangString not_ours ${LANG_ENGLISH} "This folder holds something else. Please choose an empty folder, or the one Invest Desk was in."
LangString remove_data ${LANG_SIMPCHINESE} "是否同时删除本机上的全部数据？$\r$\n$\r$\n$LOCALAPPDATA\${APP}$\r$\n$\r$\n选“否”则保留数据，重新安装后可继续使用。"
LangString remove_data ${LANG_ENGLISH} "Also delete all your data on this computer?$\r$\n$\r$\n$LOCALAPPDATA\${APP}$\r$\n$\r$\nNo keeps it: it will be there when you install again."

; A program that runs keeps its file from being opened for writing.
!macro WaitUntilClosed
  ${Do}
    ${IfNot} ${FileExists} "$INSTDIR\invest-desk.exe"
      ${ExitDo}
    ${EndIf}
    ClearErrors
    FileOpen $0 "$INSTDIR\invest-desk.exe" a
    ${IfNot} ${Errors}
      FileClose $0
      ${ExitDo}
    ${EndIf}
    ; Without a person to ask, nothing is touched.
    MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "$(running)" /SD IDCANCEL IDRETRY +2
    Abort "$(running)"
  ${Loop}
!macroend

Function .onInit
  !insertmacro MUI_LANGDLL_DISPLAY
FunctionEnd

; Everything in the folder is replaced: it must be ours, or empty.
Function .onVerifyInstDir
  ${If} ${FileExists} "$INSTDIR\*.*"
  ${AndIfNot} ${FileExists} "$INSTDIR\invest-desk.exe"
    ${DirState} "$INSTDIR" $0
    ${If} $0 == 1
      Abort
    ${EndIf}
  ${EndIf}
FunctionEnd

Section
  !insertmacro WaitUntilClosed
  ${If} ${FileExists} "$INSTDIR\*.*"
  ${AndIfNot} ${FileExists} "$INSTDIR\invest-desk.exe"
    ${DirState} "$INSTDIR" $0
    ${If} $0 == 1
      MessageBox MB_OK|MB_ICONEXCLAMATION "$(not_ours)" /SD IDOK
      Abort "$(not_ours)"
    ${EndIf}
  ${EndIf}
  ; Of the version before: nothing of it may stay beside the new one. A portable program's own
  ; folder `data` and its mark stay.
  RMDir /r "$INSTDIR\_internal"
  SetOutPath "$INSTDIR"
  File /r "${SOURCE}/*.*"
  WriteUninstaller "$INSTDIR\uninstall.exe"

  CreateShortcut "$SMPROGRAMS\$(name).lnk" "$INSTDIR\invest-desk.exe"

  WriteRegStr HKCU "Software\${APP}" "Folder" "$INSTDIR"
  WriteRegStr HKCU "Software\${APP}" "Shortcut" "$SMPROGRAMS\$(name).lnk"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayName" "$(name)"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayIcon" "$INSTDIR\invest-desk.exe"
  WriteRegStr HKCU "${UNINSTALL}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${UNINSTALL}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${UNINSTALL}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${UNINSTALL}" "NoModify" 1
  WriteRegDWORD HKCU "${UNINSTALL}" "NoRepair" 1
  ${GetSize} "$INSTDIR" "/S=0K" $0 $1 $2
  WriteRegDWORD HKCU "${UNINSTALL}" "EstimatedSize" "$0"

  ; Many programs have .db files: ours is only offered for them, never made their program.
  WriteRegStr HKCU "Software\Classes\${TEAM_TYPE}" "" "$(team_type)"
  WriteRegStr HKCU "Software\Classes\${TEAM_TYPE}\DefaultIcon" "" "$INSTDIR\invest-desk.exe,0"
  WriteRegStr HKCU "Software\Classes\${TEAM_TYPE}\shell\open\command" "" '"$INSTDIR\invest-desk.exe" --join "%1"'
  WriteRegNone HKCU "Software\Classes\.db\OpenWithProgids" "${TEAM_TYPE}"
SectionEnd

Function un.onInit
  !insertmacro MUI_UNGETLANGUAGE
FunctionEnd

Section "Uninstall"
  !insertmacro WaitUntilClosed
  ; Data stays unless a person says otherwise; a silent removal keeps it.
  ${If} ${FileExists} "$LOCALAPPDATA\${APP}\*.*"
    MessageBox MB_YESNO|MB_ICONQUESTION|MB_DEFBUTTON2 "$(remove_data)" /SD IDNO IDNO keep
    RMDir /r "$LOCALAPPDATA\${APP}"
    keep:
  ${EndIf}
  ReadRegStr $0 HKCU "Software\${APP}" "Shortcut"
  ${If} $0 != ""
    Delete "$0"
  ${EndIf}
  RMDir /r "$INSTDIR\_internal"
  Delete "$INSTDIR\invest-desk.exe"
  Delete "$INSTDIR\invest-desk-cli.exe"
  Delete "$INSTDIR\uninstall.exe"
  ; Only if empty: a portable program's data may be there.
  RMDir "$INSTDIR"
  DeleteRegKey HKCU "${UNINSTALL}"
  DeleteRegKey HKCU "Software\Classes\${TEAM_TYPE}"
  DeleteRegValue HKCU "Software\Classes\.db\OpenWithProgids" "${TEAM_TYPE}"
  DeleteRegKey HKCU "Software\${APP}"
SectionEnd
