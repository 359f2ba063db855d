BeforeAll { . "$PSScriptRoot/Support.ps1" }

Describe 'Test-ExportDestination' {
    AfterEach { Set-Location $Root }

    It 'tells what it found' {
        $null = New-Lab
        $result = Test-ExportDestination archive
        $result.pstypenames[0] | Should -Be 'NexusExport.DestinationTestResult'
        $result.Success | Should -BeTrue
        $result.Permissions | Should -Contain 'write'
        $result.Message | Should -Not -BeNullOrEmpty
    }

    It 'tests every enabled one without a name, and disabled ones by name' {
        $null = New-Lab -Destinations "  one:`n    type: local`n    base_path: one`n  two:`n    type: local`n    base_path: two`n  off:`n    type: local`n    base_path: off`n    enabled: false`n"
        (Test-ExportDestination).DestinationName | Sort-Object | Should -Be 'one', 'two'
        (Test-ExportDestination off).DestinationName | Should -Be 'off'
        (Get-ExportDestination o* | Test-ExportDestination).Count | Should -Be 2
    }

    It 'reports what cannot be reached as a result' {
        $server = New-SilentServer
        $port = $server.LocalEndpoint.Port
        $server.Stop()
        $null = New-Lab -Destinations "  cdcs:`n    type: cdcs`n    url: http://127.0.0.1:$port`n    token: env:NEXUSEXPORT_TEST_TOKEN`n  archive:`n    type: local`n    base_path: archive`n"
        $result = Test-ExportDestination cdcs -ErrorAction Stop
        $result.Success | Should -BeFalse
        $result.ErrorCode | Should -Be 'CONNECTION_FAILED'
        $result.RecommendedAction | Should -Not -BeNullOrEmpty
        Test-ExportDestination cdcs -Quiet | Should -BeFalse
        Test-ExportDestination -Quiet | Should -BeFalse
        Test-ExportDestination archive -Quiet | Should -BeTrue
        Test-ExportDestination x* -Quiet | Should -BeFalse
    }

    It 'does call the destination' {
        $server = New-SilentServer
        try {
            $null = New-Lab -Destinations (Get-CdcsSetting $server -Timeout 200)
            (Test-ExportDestination).ErrorCode | Should -Be 'TIMEOUT'
            $server.Pending() | Should -BeTrue
        }
        finally { $server.Stop() }
    }

    It 'writes an error for a name that is missing' {
        $null = New-Lab
        Test-ExportDestination nowhere -ErrorVariable errors -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $errors[0].FullyQualifiedErrorId | Should -BeLike 'DestinationNotFound,*'
    }

    It 'is shown as a table' {
        $null = New-Lab
        Test-ExportDestination | Out-String -Width 120 | Should -Match 'Destination\s+Success\s+Latency\s+Permissions\s+Message'
    }
}
