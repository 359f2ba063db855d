BeforeAll { . "$PSScriptRoot/Support.ps1" }

Describe 'Initialize-ExportDestination' {
    BeforeEach { $null = New-Lab }
    AfterEach { Set-Location $Root }

    It 'says which destinations have nothing to be made' {
        Initialize-ExportDestination archive -PassThru -ErrorVariable errors -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $errors[0].FullyQualifiedErrorId | Should -BeLike 'NotSupported,*'
        $errors[0].TargetObject | Should -Be 'archive'
    }

    It 'makes nothing with -WhatIf, and calls nobody' {
        $server = New-SilentServer
        try {
            $null = New-Lab -Destinations "  tidb:`n    type: mysql`n    host: 127.0.0.1`n    port: $($server.LocalEndpoint.Port)`n    database: lab`n    user: ada`n    password: env:NEXUSEXPORT_TEST_TOKEN`n"
            Initialize-ExportDestination tidb -WhatIf
            $server.Pending() | Should -BeFalse
        }
        finally { $server.Stop() }
    }

    It 'writes an error for a name that is missing' {
        Initialize-ExportDestination nowhere -ErrorVariable errors -ErrorAction SilentlyContinue
        $errors[0].FullyQualifiedErrorId | Should -BeLike 'DestinationNotFound,*'
    }

    It 'has taken the switch from Test-ExportDestination, which only looks' {
        (Get-Command Test-ExportDestination).Parameters.Keys | Should -Not -Contain 'CreateTable'
        (Get-Command Test-ExportDestination).Parameters.Keys | Should -Not -Contain 'WhatIf'
    }
}
