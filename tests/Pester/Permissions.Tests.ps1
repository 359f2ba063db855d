BeforeAll { . "$PSScriptRoot/Support.ps1" }

Describe 'What the commands write where there is no umask' -Skip:$IsWindows {
    BeforeAll {
        $fake = Start-Fake cdcs
        $lab = New-Lab -Records 3 -Destinations "  cdcs:`n    type: cdcs`n    url: $($fake.url)`n    token: $($fake.token)`n  archive: { type: local, base_path: archive }`n"

        # Runs a script in a pwsh that was started with the umask 0.
        function Invoke-WithoutUmask([string]$Script) {
            Set-Content script.ps1 "`$ErrorActionPreference = 'Stop'`nImport-Module '$Module'`nSet-Location '$lab'`n$Script"
            $output = /bin/sh -c 'umask 0; exec "$0" -NoProfile -NonInteractive -File script.ps1' (Join-Path $PSHOME pwsh) 2>&1
            $LASTEXITCODE | Should -Be 0 -Because "$output"
            Remove-Item script.ps1
        }

        # Files and folders, except what was there before.
        function Get-Made { Get-ChildItem $lab -Recurse -Force | Where-Object FullName -NotIn $before }

        function Get-WritableByOthers {
            Get-Made | Where-Object { $_.UnixFileMode.HasFlag([IO.UnixFileMode]::GroupWrite) -or $_.UnixFileMode.HasFlag([IO.UnixFileMode]::OtherWrite) }
        }
    }
    BeforeEach { $before = (Get-ChildItem $lab -Recurse -Force).FullName }
    AfterAll { Stop-Fake $fake; Set-Location $Root }

    It 'is not for others to change: the backup of a database, and the database' {
        $null = Invoke-Sql "$lab/log.db" @'
CREATE TABLE session_log (id_session_log INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, session_identifier VARCHAR(36) NOT NULL,
    instrument VARCHAR(100) NOT NULL, timestamp DATETIME NOT NULL,
    event_type TEXT NOT NULL CHECK (event_type IN ('START', 'END', 'RECORD_GENERATION')),
    record_status TEXT DEFAULT 'WAITING_FOR_END' NOT NULL CHECK (record_status IN ('COMPLETED', 'WAITING_FOR_END', 'TO_BE_BUILT', 'ERROR', 'NO_FILES_FOUND', 'NO_CONSENT', 'NO_RESERVATION')),
    user VARCHAR(50));
'@
        Invoke-WithoutUmask 'Update-ExportDatabase -Confirm:$false'
        $backup = Get-ChildItem $lab -Filter log.db.backup-*
        $backup.UnixFileMode | Should -Be ([IO.UnixFileMode]'UserRead, UserWrite')
        Invoke-Sql $backup "SELECT count(*) FROM sqlite_master WHERE name = 'session_log'" | Should -Be 1
        Get-WritableByOthers | Should -BeNullOrEmpty
    }

    It 'is not for others to change: what is exported, and what is saved from CDCS, with and without -Force' {
        Invoke-WithoutUmask @'
            $null = Get-Record records | Invoke-RecordExport -Strategy All
            $null = Find-CdcsRecord | Save-CdcsRecord -OutputPath saved/deep
            $null = Find-CdcsRecord | Save-CdcsRecord -OutputPath saved/deep -Force
'@
        (Get-Made).FullName | Should -Contain "$lab/saved/deep"
        @(Get-ChildItem saved/deep).Count | Should -Be 3
        @(Get-ChildItem archive).Count | Should -Be 3
        Get-WritableByOthers | Should -BeNullOrEmpty
    }

    It 'is not for others to change: a configuration, which is not for them to read, too' {
        Invoke-WithoutUmask '$null = New-ExportConfiguration new/nexus-export.yaml'
        (Get-Item new/nexus-export.yaml).UnixFileMode | Should -Be ([IO.UnixFileMode]'UserRead, UserWrite')
        Get-WritableByOthers | Should -BeNullOrEmpty
    }
}
