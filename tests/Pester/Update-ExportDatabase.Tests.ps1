BeforeAll { . "$PSScriptRoot/Support.ps1" }

Describe 'Update-ExportDatabase' {
    BeforeEach { $lab = New-Lab }
    AfterEach { Set-Location $Root }

    It 'shows the steps with -WhatIf, and writes nothing' {
        $before = Get-Snapshot $lab
        $steps = Update-ExportDatabase -WhatIf
        $steps[0].pstypenames[0] | Should -Be 'NexusExport.DatabaseUpgradeStep'
        $steps.Applied | Should -Not -Contain $true
        Get-Snapshot $lab | Should -Be $before
    }

    It 'makes a database without asking, and then has nothing to do' {
        (Update-ExportDatabase).Applied | Should -Not -Contain $false
        Test-Path ./log.db | Should -BeTrue
        Update-ExportDatabase | Should -BeNullOrEmpty
    }

    Context 'a NexusLIMS database whose session_log refuses BUILT_NOT_EXPORTED' {
        BeforeEach {
            $null = Invoke-Sql "$lab/log.db" @'
CREATE TABLE session_log (id_session_log INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, session_identifier VARCHAR(36) NOT NULL,
    instrument VARCHAR(100) NOT NULL, timestamp DATETIME NOT NULL,
    event_type TEXT NOT NULL CHECK (event_type IN ('START', 'END', 'RECORD_GENERATION')),
    record_status TEXT DEFAULT 'WAITING_FOR_END' NOT NULL CHECK (record_status IN ('COMPLETED', 'WAITING_FOR_END', 'TO_BE_BUILT', 'ERROR', 'NO_FILES_FOUND', 'NO_CONSENT', 'NO_RESERVATION')),
    user VARCHAR(50));
INSERT INTO session_log (session_identifier, instrument, timestamp, event_type, record_status) VALUES ('100', 'FEI-Titan-TEM', '2025-03-01 10:00:00', 'START', 'TO_BE_BUILT');
'@
        }

        It 'does not rebuild it where nobody can be asked' {
            $text = Invoke-Fresh "Import-Module '$Module'; Set-Location '$lab'; try { Update-ExportDatabase } catch { 'refused' }"
            "$text" | Should -Match 'refused'
            (Update-ExportDatabase -WhatIf).RebuildsForeignTable | Should -Contain $true
        }

        It 'rebuilds it after a backup with -Confirm:$false' {
            $steps = Update-ExportDatabase -Confirm:$false
            $backup = ($steps | Where-Object RebuildsForeignTable).BackupPath
            Test-Path $backup | Should -BeTrue
            Invoke-Sql "$lab/log.db" "SELECT count(*) FROM session_log WHERE session_identifier = '100'" | Should -Be 1
            Update-ExportDatabase | Should -BeNullOrEmpty
        }
    }

    It 'is shown as a table' {
        Update-ExportDatabase -WhatIf | Out-String -Width 160 | Should -Match 'Applied\s+Version\s+Database\s+Step\s+Backup'
    }
}
