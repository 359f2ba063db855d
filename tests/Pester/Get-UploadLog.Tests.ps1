BeforeAll { . "$PSScriptRoot/Support.ps1" }

Describe 'Get-UploadLog' {
    BeforeAll {
        $lab = New-Lab -Records 4 -Destinations "  archive:`n    type: local`n    base_path: archive`n  broken:`n    type: local`n    base_path: file/archive`n"
        Set-Content ./file 'in the way'
        $null = Invoke-RecordExport ./records -ThrottleLimit 1 -WarningAction SilentlyContinue
    }
    BeforeEach { Set-Location $lab }
    AfterAll { Set-Location $Root }

    It 'gives nothing where there is no database yet, and makes none' {
        $null = New-Lab
        Get-UploadLog | Should -BeNullOrEmpty
        Test-Path ./log.db | Should -BeFalse
    }

    It 'streams entries, newest first' {
        $log = Get-UploadLog
        $log.Count | Should -Be 8
        $log[0].pstypenames[0] | Should -Be 'NexusExport.UploadLogEntry'
        $log.Id | Should -Be ($log.Id | Sort-Object -Descending)
    }

    It 'filters' {
        (Get-UploadLog -DestinationName arch*).Count | Should -Be 4
        (Get-UploadLog 101).Count | Should -Be 2
        $failed = Get-UploadLog -Failed
        $failed.Count | Should -Be 4
        $failed.DestinationName | Sort-Object -Unique | Should -Be 'broken'
        (Get-UploadLog -First 3).Count | Should -Be 3
        Get-UploadLog -Since (Get-Date).AddHours(1) | Should -BeNullOrEmpty
        (Get-UploadLog -Before (Get-Date).AddHours(1)).Count | Should -Be 8
    }

    It 'takes records and results from the pipeline' {
        (Get-Record ./records/*_102.xml | Get-UploadLog).Count | Should -Be 2
        (Invoke-RecordExport ./records/*_102.xml -DestinationName archive | Get-UploadLog).SessionIdentifier | Should -Be '102'
    }

    It 'feeds Get-Record' {
        (Get-UploadLog -Failed -First 1 | Get-Record -Path ./records).Count | Should -Be 1
    }

    It 'tells what is missing still' {
        (Get-UploadLog -StillFailing).Count | Should -Be 4
        Set-Content ./nexus-export.yaml ((Get-Content ./nexus-export.yaml -Raw) -replace 'file/archive', 'second')
        $null = Invoke-RecordExport ./records/*_101.xml
        (Get-UploadLog -StillFailing).SessionIdentifier | Should -Not -Contain '101'
        (Get-UploadLog -StillFailing)[0].ErrorCode | Should -Be 'STORAGE_FAILED'
    }

    It 'looks thousands of sessions up together, whose names are no wildcards' {
        $time = Measure-Command { $script:rows = 1..5000 | ForEach-Object { [pscustomobject]@{ SessionIdentifier = "$_" } } | Get-UploadLog -DestinationName archive }
        $rows.SessionIdentifier | Should -Be '103', '102', '101', '100'
        $time.TotalSeconds | Should -BeLessThan 10
        [pscustomobject]@{ SessionIdentifier = '10*' } | Get-UploadLog | Should -BeNullOrEmpty
        ('101', '102' | ForEach-Object { [pscustomobject]@{ SessionIdentifier = $_ } } | Get-UploadLog -First 1).Count | Should -Be 1
        $named = '101', '102' | ForEach-Object { [pscustomobject]@{ SessionIdentifier = $_; DestinationName = "arch*" }; [pscustomobject]@{ SessionIdentifier = $_; DestinationName = 'archive' } }
        ($named | Get-UploadLog -First 1).Count | Should -Be 1
    }

    It 'does not hang when the pipeline ends early' {
        (Get-UploadLog | Select-Object -First 1).Count | Should -Be 1
    }

    It 'is shown as a table' {
        Get-UploadLog | Out-String -Width 160 | Should -Match 'Time\s+Success\s+Destination\s+Session\s+Detail'
    }
}
