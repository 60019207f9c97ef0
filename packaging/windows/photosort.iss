; Inno Setup 6. NOT BUILT OR TRIED YET: see README.md in this folder.
#ifndef Version
  #define Version "0.1.0"
#endif
[Setup]
AppId={{8B0C5E0B-5F0A-4E0D-9C59-6E7B6F5B1D57}
AppName=Photosort
AppVersion={#Version}
AppPublisher=The Photosort authors
DefaultDirName={autopf}\Photosort
DefaultGroupName=Photosort
PrivilegesRequired=lowest
PrivilegesRequiredOverridesAllowed=dialog
LicenseFile=..\..\LICENSE
SetupIconFile=photosort.ico
UninstallDisplayIcon={app}\photosort-window.exe
OutputDir=..\..\dist
OutputBaseFilename=photosort-{#Version}-setup
Compression=lzma2
SolidCompression=yes
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
ChangesAssociations=yes

[Languages]
Name: "en"; MessagesFile: "compiler:Default.isl"
Name: "de"; MessagesFile: "compiler:Languages\German.isl"

[Files]
Source: "..\..\build\work-cpu\bundle\photosort\*"; DestDir: "{app}"; Flags: recursesubdirs ignoreversion

[Icons]
Name: "{group}\Photosort"; Filename: "{app}\photosort-window.exe"
Name: "{autodesktop}\Photosort"; Filename: "{app}\photosort-window.exe"; Tasks: desktop

[Tasks]
Name: desktop; Description: "{cm:CreateDesktopIcon}"; Flags: unchecked

; "Open with" for folders and pictures; nothing is made the program that opens them by itself.
[Registry]
Root: HKA; Subkey: "Software\Classes\Photosort.Picture\shell\open\command"; ValueType: string; ValueData: """{app}\photosort-window.exe"" ""%1"""; Flags: uninsdeletekey
Root: HKA; Subkey: "Software\Classes\Directory\shell\Photosort"; ValueType: string; ValueData: "Open in Photosort"; Flags: uninsdeletekey
Root: HKA; Subkey: "Software\Classes\Directory\shell\Photosort\command"; ValueType: string; ValueData: """{app}\photosort-window.exe"" ""%1"""
Root: HKA; Subkey: "Software\Classes\.jpg\OpenWithProgids"; ValueType: string; ValueName: "Photosort.Picture"; ValueData: ""; Flags: uninsdeletevalue
Root: HKA; Subkey: "Software\Classes\.jpeg\OpenWithProgids"; ValueType: string; ValueName: "Photosort.Picture"; ValueData: ""; Flags: uninsdeletevalue
Root: HKA; Subkey: "Software\Classes\.png\OpenWithProgids"; ValueType: string; ValueName: "Photosort.Picture"; ValueData: ""; Flags: uninsdeletevalue
Root: HKA; Subkey: "Software\Classes\.heic\OpenWithProgids"; ValueType: string; ValueName: "Photosort.Picture"; ValueData: ""; Flags: uninsdeletevalue
Root: HKA; Subkey: "Software\Classes\.webp\OpenWithProgids"; ValueType: string; ValueName: "Photosort.Picture"; ValueData: ""; Flags: uninsdeletevalue
