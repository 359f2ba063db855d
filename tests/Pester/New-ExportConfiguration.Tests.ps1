BeforeAll { . "$PSScriptRoot/Support.ps1" }

Describe 'New-ExportConfiguration' {
    BeforeEach { Set-Location (New-Item -ItemType Directory "$TestDrive/$([guid]::NewGuid())") }
    AfterEach { Set-Location $Root }

    It 'writes a commented file that can be used at once' {
        $file = New-ExportConfiguration
        $file | Should -BeOfType IO.FileInfo
        $file.FullName | Should -Be (Join-Path $PWD 'nexus-export.yaml')
        Get-Content $file | Where-Object { $_ -match '^\s*#' } | Should -Not -BeNullOrEmpty
        (Get-ExportDestination -ConfigPath $file).DestinationName | Should -Contain 'local'
    }

    It 'writes where it is told' {
        (New-ExportConfiguration ./lab.yaml).Name | Should -Be 'lab.yaml'
    }

    It 'replaces a file only with -Force' {
        Set-Content nexus-export.yaml 'mine'
        $failure = { New-ExportConfiguration } | Should -Throw -PassThru
        $failure.FullyQualifiedErrorId | Should -BeLike 'ConfigurationExists,*'
        Get-Content nexus-export.yaml | Should -Be 'mine'
        $null = New-ExportConfiguration -Force
        Get-Content nexus-export.yaml -Raw | Should -Not -Match 'mine'
    }

    It 'writes nothing with -WhatIf' {
        New-ExportConfiguration -WhatIf | Should -BeNullOrEmpty
        Test-Path nexus-export.yaml | Should -BeFalse
    }
}
