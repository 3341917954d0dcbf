; The installer for Windows, compiled by Inno Setup 6.3 or later.
;
; build.py gives it what it must not know twice: /DVersion, /DProgram (the built folder), /DIcon,
; /DOut (where the installer goes) and, in a release, /DReleasePage.

#ifndef Version
  #error Compile it by packaging/build.py, which says the version and where the program is.
#endif

[Setup]
AppId={{6B0C4B59-6E0A-4A0E-9D52-6C1F3B0E52D7}
AppName=Cancel Desk
AppVersion={#Version}
AppVerName=Cancel Desk {#Version}
AppPublisher=The Cancel Desk developers
#ifdef ReleasePage
AppUpdatesURL={#ReleasePage}
#endif
VersionInfoVersion={#Version}
; For the person who runs it: no administrator is asked for, and none is needed.
PrivilegesRequired=lowest
DefaultDirName={autopf}\Cancel Desk
DisableDirPage=auto
DisableProgramGroupPage=yes
LicenseFile=..\..\LICENSE
SetupIconFile={#Icon}
UninstallDisplayIcon={app}\CancelDesk.exe
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
MinVersion=10.0.17763
ChangesAssociations=yes
; A program that is sending is asked to close, never killed: it ends the calls under way first.
CloseApplications=yes
RestartApplications=no
Compression=lzma2/max
SolidCompression=yes
WizardStyle=modern
ShowLanguageDialog=auto
OutputDir={#Out}
OutputBaseFilename=cancel-desk-{#Version}-windows-x64-setup

[Languages]
Name: "en"; MessagesFile: "compiler:Default.isl"
Name: "es"; MessagesFile: "compiler:Languages\Spanish.isl"
; Not every Inno Setup brings it.
#define Chinese FileExists(AddBackslash(CompilerPath) + "Languages\ChineseSimplified.isl")
#if Chinese
Name: "zh"; MessagesFile: "compiler:Languages\ChineseSimplified.isl"
#endif

[CustomMessages]
en.Kept=Cancel Desk is removed. Your runs and stores are still in this folder, so that what was sent stays known:%n%n%1%n%nThe keys of your stores are still in the Credential Manager of Windows. Delete both if you will not need them again.
es.Kept=Cancel Desk se ha eliminado. Sus ejecuciones y tiendas siguen en esta carpeta, para que se sepa lo que ya se envió:%n%n%1%n%nLas claves de sus tiendas siguen en el Administrador de credenciales de Windows. Elimine ambas cosas si ya no las necesita.
#if Chinese
zh.Kept=Cancel Desk 已卸载。您的运行记录和店铺仍保留在此文件夹中，以便日后仍可查到已发送的内容：%n%n%1%n%n店铺密钥仍保留在 Windows 凭据管理器中。如果不再需要，请将两者一并删除。
#endif

[Tasks]
Name: "desktopicon"; Description: "{cm:CreateDesktopIcon}"; GroupDescription: "{cm:AdditionalIcons}"; Flags: unchecked

[InstallDelete]
; What an older version had and this one has not.
Type: filesandordirs; Name: "{app}\_internal"

[Files]
Source: "{#Program}\*"; DestDir: "{app}"; Flags: ignoreversion recursesubdirs createallsubdirs

[Icons]
Name: "{autoprograms}\Cancel Desk"; Filename: "{app}\CancelDesk.exe"
Name: "{autodesktop}\Cancel Desk"; Filename: "{app}\CancelDesk.exe"; Tasks: desktopicon

[Registry]
; Cancel Desk is offered under "Open with"; what opens these files by itself stays as it is.
#define Kind "CancelDesk.Sheet"
#define Classes "Software\Classes"
Root: HKA; Subkey: "{#Classes}\{#Kind}"; ValueType: string; ValueData: "Cancel Desk"; Flags: uninsdeletekey
Root: HKA; Subkey: "{#Classes}\{#Kind}\DefaultIcon"; ValueType: string; ValueData: "{app}\CancelDesk.exe,0"
Root: HKA; Subkey: "{#Classes}\{#Kind}\shell\open\command"; ValueType: string; ValueData: """{app}\CancelDesk.exe"" ""%1"""
Root: HKA; Subkey: "{#Classes}\Applications\CancelDesk.exe"; ValueType: string; ValueName: "FriendlyAppName"; ValueData: "Cancel Desk"; Flags: uninsdeletekey
Root: HKA; Subkey: "{#Classes}\Applications\CancelDesk.exe\shell\open\command"; ValueType: string; ValueData: """{app}\CancelDesk.exe"" ""%1"""
Root: HKA; Subkey: "{#Classes}\.xlsx\OpenWithProgids"; ValueType: string; ValueName: "{#Kind}"; ValueData: ""; Flags: uninsdeletevalue
Root: HKA; Subkey: "{#Classes}\Applications\CancelDesk.exe\SupportedTypes"; ValueType: string; ValueName: ".xlsx"; ValueData: ""
Root: HKA; Subkey: "{#Classes}\.xlsm\OpenWithProgids"; ValueType: string; ValueName: "{#Kind}"; ValueData: ""; Flags: uninsdeletevalue
Root: HKA; Subkey: "{#Classes}\Applications\CancelDesk.exe\SupportedTypes"; ValueType: string; ValueName: ".xlsm"; ValueData: ""
Root: HKA; Subkey: "{#Classes}\.xlsb\OpenWithProgids"; ValueType: string; ValueName: "{#Kind}"; ValueData: ""; Flags: uninsdeletevalue
Root: HKA; Subkey: "{#Classes}\Applications\CancelDesk.exe\SupportedTypes"; ValueType: string; ValueName: ".xlsb"; ValueData: ""
Root: HKA; Subkey: "{#Classes}\.xls\OpenWithProgids"; ValueType: string; ValueName: "{#Kind}"; ValueData: ""; Flags: uninsdeletevalue
Root: HKA; Subkey: "{#Classes}\Applications\CancelDesk.exe\SupportedTypes"; ValueType: string; ValueName: ".xls"; ValueData: ""
Root: HKA; Subkey: "{#Classes}\.ods\OpenWithProgids"; ValueType: string; ValueName: "{#Kind}"; ValueData: ""; Flags: uninsdeletevalue
Root: HKA; Subkey: "{#Classes}\Applications\CancelDesk.exe\SupportedTypes"; ValueType: string; ValueName: ".ods"; ValueData: ""
Root: HKA; Subkey: "{#Classes}\.csv\OpenWithProgids"; ValueType: string; ValueName: "{#Kind}"; ValueData: ""; Flags: uninsdeletevalue
Root: HKA; Subkey: "{#Classes}\Applications\CancelDesk.exe\SupportedTypes"; ValueType: string; ValueName: ".csv"; ValueData: ""
Root: HKA; Subkey: "{#Classes}\.tsv\OpenWithProgids"; ValueType: string; ValueName: "{#Kind}"; ValueData: ""; Flags: uninsdeletevalue
Root: HKA; Subkey: "{#Classes}\Applications\CancelDesk.exe\SupportedTypes"; ValueType: string; ValueName: ".tsv"; ValueData: ""
Root: HKA; Subkey: "{#Classes}\.txt\OpenWithProgids"; ValueType: string; ValueName: "{#Kind}"; ValueData: ""; Flags: uninsdeletevalue
Root: HKA; Subkey: "{#Classes}\Applications\CancelDesk.exe\SupportedTypes"; ValueType: string; ValueName: ".txt"; ValueData: ""

[Run]
Filename: "{app}\CancelDesk.exe"; Description: "{cm:LaunchProgram,Cancel Desk}"; Flags: nowait postinstall skipifsilent

[Code]
procedure CurUninstallStepChanged(Step: TUninstallStep);
var
  Folder: String;
begin
  Folder := ExpandConstant('{localappdata}\cancel-desk');
  if (Step = usPostUninstall) and DirExists(Folder) and not UninstallSilent then
    MsgBox(FmtMessage(CustomMessage('Kept'), [Folder]), mbInformation, MB_OK);
end;
