BeforeAll { . "$PSScriptRoot/Support.ps1" }

Describe 'Register-ExportDestination' {
    BeforeEach { $lab = New-Lab -Records 1 }
    AfterEach { Set-Location $Root }

    It 'registers a destination that is then listed and exported to' {
        Register-ExportDestination second local -Setting @{ base_path = 'second' } -Priority 900 | Should -BeNullOrEmpty
        $all = Get-ExportDestination
        $all.DestinationName | Should -Be 'second', 'archive'
        $all[0].Source | Should -Be 'database'
        (Get-Record ./records | Invoke-RecordExport).DestinationName | Should -Be 'second', 'archive'
        (Get-ChildItem ./second -Recurse -File).Count | Should -Be 1
    }

    It 'returns it with -PassThru, disabled with -Disabled' {
        $info = Register-ExportDestination second local -Disabled -DependsOn 'archive?' -PassThru
        $info.pstypenames[0] | Should -Be 'NexusExport.DestinationInfo'
        $info.Enabled | Should -BeFalse
        $info.DependsOn | Should -Be 'archive?'
    }

    It 'tests nothing and writes nothing with -WhatIf' {
        $server = New-SilentServer
        try {
            $before = Get-Snapshot $lab
            Register-ExportDestination cdcs cdcs -Setting @{ url = "http://127.0.0.1:$($server.LocalEndpoint.Port)"; token = 'env:NEXUSEXPORT_TEST_TOKEN' } -WhatIf
            $server.Pending() | Should -BeFalse
            Get-Snapshot $lab | Should -Be $before
        }
        finally { $server.Stop() }
    }

    It 'names a wrong setting and the nearest, and stores nothing' {
        { Register-ExportDestination second local -Setting @{ basepath = 'x' } -ErrorAction Stop } | Should -Throw "*'basepath'*did you mean 'base_path'*" -ErrorId 'ConfigurationInvalid,*'
        Test-Path ./log.db | Should -BeFalse
    }

    It 'stores nothing if the test fails, unless it is skipped' {
        Set-Content ./file 'no folder'
        { Register-ExportDestination second local -Setting @{ base_path = 'file/x' } -ErrorAction Stop } | Should -Throw -ErrorId 'StorageFailed,*'
        (Get-ExportDestination).DestinationName | Should -Be 'archive'
        Register-ExportDestination second local -Setting @{ base_path = 'file/x' } -SkipTest
        (Get-ExportDestination).DestinationName | Should -Contain 'second'
    }

    It 'refuses <Kind> for a secret and says what to write' -ForEach @(
        @{ Kind = 'a text'; Secret = { 's3cret' } }
        @{ Kind = 'a SecureString'; Secret = { ConvertTo-SecureString 's3cret' -AsPlainText -Force } }
        @{ Kind = 'a PSCredential'; Secret = { [pscredential]::new('ada', (ConvertTo-SecureString 's3cret' -AsPlainText -Force)) } }
    ) {
        Register-ExportDestination cdcs cdcs -Setting @{ url = 'http://127.0.0.1:1'; token = & $Secret } -SkipTest -ErrorVariable errors -ErrorAction SilentlyContinue
        $errors[0].FullyQualifiedErrorId | Should -BeLike 'ConfigurationInvalid,*'
        "$($errors[0])" | Should -Match 'token.*env:NAME'
        "$($errors[0])" | Should -Not -Match 's3cret'
        Test-Path ./log.db | Should -BeFalse
    }

    It 'writes an error for a name that is taken, and goes on with the next of a list' {
        [pscustomobject]@{ DestinationName = 'ARCHIVE'; Type = 'local' }, [pscustomobject]@{ DestinationName = 'second'; Type = 'local' } |
            Register-ExportDestination -ErrorVariable errors -ErrorAction SilentlyContinue
        $errors[0].FullyQualifiedErrorId | Should -BeLike 'DestinationExists,*'
        $errors[0].TargetObject | Should -Be 'ARCHIVE'
        (Get-ExportDestination).DestinationName | Should -Contain 'second'
    }

    Context 'where nothing was configured' {
        BeforeEach { Remove-Item nexus-export.yaml }

        It 'warns that the archive ends, and the command that it names keeps it' {
            $null = Invoke-RecordExport ./records -WarningAction SilentlyContinue
            Register-ExportDestination second local -Setting @{ base_path = 'second' } -WarningVariable warnings -WarningAction SilentlyContinue
            @($warnings).Count | Should -Be 1
            "$warnings" | Should -Match 'no longer archived in .*exports'
            (Get-ExportDestination).DestinationName | Should -Be 'second'
            Invoke-Expression ("$warnings" -replace '^.*(?=Register-ExportDestination)')
            (Get-Record ./records | Invoke-RecordExport -DestinationName local).Status | Should -Be 'AlreadyExported'
        }

        It 'says so before, with -WhatIf' {
            $log = "$TestDrive/register.txt"
            $null = Start-Transcript $log
            try { Register-ExportDestination second local -WhatIf -Setting @{ base_path = 'second' } } finally { $null = Stop-Transcript }
            Get-Content $log -Raw | Should -Match 'records are then no longer archived in .*exports'
        }
    }

    It 'completes types' {
        $line = 'Register-ExportDestination mine we'
        (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText | Should -Contain 'webdav'
    }

    It 'warns of a database that cannot be read, and goes on' {
        Set-Content ./log.db ('x' * 5000)
        (Get-ExportConfiguration -Verbose 4>&1 3>&1 | Out-String) | Should -Match 'not a SQLite database'
        (Get-ExportDestination).DestinationName | Should -Be 'archive'
    }
}
