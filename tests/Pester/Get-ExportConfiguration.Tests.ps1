BeforeAll { . "$PSScriptRoot/Support.ps1" }

Describe 'Get-ExportConfiguration' {
    BeforeEach { $null = New-Lab }
    AfterEach { Remove-Item env:NX_CDCS_URL, env:NX_CDCS_TOKEN, env:NX_EXPORT_STRATEGY -ErrorAction Ignore; Set-Location $Root }

    It 'tells each value and its source' {
        $setting = Get-ExportConfiguration database.path
        $setting.pstypenames[0] | Should -Be 'NexusExport.ExportSetting'
        $setting.Value | Should -Be (Join-Path $PWD 'log.db')
        $setting.Source | Should -Match 'nexus-export\.yaml'
        (Get-ExportConfiguration export.throttle_limit).Source | Should -Be 'default'
    }

    It 'prefers the environment to the file, and says so' {
        (Get-Content nexus-export.yaml) -replace '^export:', "export:`n  strategy: all" | Set-Content nexus-export.yaml
        (Get-ExportConfiguration export.strategy).Value | Should -Be 'all'
        $env:NX_EXPORT_STRATEGY = 'first_success'
        $setting = Get-ExportConfiguration export.strategy
        "$($setting.Value)" -replace '_' | Should -Be 'firstsuccess'
        $setting.Source | Should -Match 'NX_EXPORT_STRATEGY'
    }

    It 'never shows a secret' {
        $env:NX_CDCS_URL = 'http://127.0.0.1:9'
        $env:NX_CDCS_TOKEN = 'very-secret-indeed'
        (Get-ExportConfiguration *token).Value | Should -Be '***'
        Get-ExportConfiguration | Out-String -Width 300 | Should -Not -Match 'very-secret'
        Get-ExportDestination | ConvertTo-Json -Depth 5 | Should -Not -Match 'very-secret'
    }

    It 'takes wildcards, and writes an error for a name that is missing' {
        (Get-ExportConfiguration database.*).Count | Should -BeGreaterThan 1
        Get-ExportConfiguration nothing.* -ErrorAction Stop | Should -BeNullOrEmpty
        Get-ExportConfiguration nothing -ErrorVariable errors -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $errors[0].TargetObject | Should -Be 'nothing'
    }

    It 'is shown as a table' {
        Get-ExportConfiguration | Out-String -Width 200 | Should -Match 'Name\s+Value\s+Source'
    }
}
