BeforeAll { . "$PSScriptRoot/Support.ps1" }

Describe 'Set-ExportDestination' {
    BeforeEach {
        $lab = New-Lab -Records 1
        Register-ExportDestination second local -Setting @{ base_path = 'second' } -Priority 900
    }
    AfterEach { Set-Location $Root }

    It 'changes what is given and leaves the rest' {
        Set-ExportDestination second -Priority 10 | Should -BeNullOrEmpty
        $info = Set-ExportDestination SECOND -Setting @{ on_existing = 'overwrite' } -PassThru
        $info.Priority | Should -Be 10
        $info.Settings['base_path'] | Should -Be (Join-Path $lab second)
        $info.Settings['on_existing'] | Should -Be 'overwrite'
    }

    It 'disables and enables, from the pipeline, too' {
        Get-ExportDestination second | Set-ExportDestination -Disabled
        (Get-ExportDestination second).Enabled | Should -BeFalse
        Set-ExportDestination second -Disabled:$false
        $info = Get-ExportDestination second
        $info.Enabled | Should -BeTrue
        $info.Priority | Should -Be 900
    }

    It 'changes nothing with -WhatIf' {
        $before = Get-Snapshot $lab
        Set-ExportDestination second -Priority 10 -WhatIf
        Get-Snapshot $lab | Should -Be $before
    }

    It 'changes nothing if the test fails' {
        Set-Content ./file 'no folder'
        { Set-ExportDestination second -Setting @{ base_path = 'file/x' } -ErrorAction Stop } | Should -Throw -ErrorId 'StorageFailed,*'
        (Get-ExportDestination second).Settings['base_path'] | Should -Be (Join-Path $lab second)
    }

    It 'says where a configured destination is to be changed, and goes on' {
        Set-ExportDestination archive, nowhere, second -Priority 10 -ErrorVariable errors -ErrorAction SilentlyContinue
        $errors[0].FullyQualifiedErrorId | Should -BeLike 'NotSupported,*'
        "$($errors[0])" | Should -Match 'nexus-export\.yaml:\d+'
        $errors[1].FullyQualifiedErrorId | Should -BeLike 'DestinationNotFound,*'
        (Get-ExportDestination second).Priority | Should -Be 10
    }

    It 'completes registered names only' {
        $line = 'Set-ExportDestination '
        (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText | Should -Be 'second'
    }
}
