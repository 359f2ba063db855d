BeforeAll { . "$PSScriptRoot/Support.ps1" }

Describe 'Unregister-ExportDestination' {
    BeforeEach {
        $lab = New-Lab -Records 1
        Register-ExportDestination second local -Setting @{ base_path = 'second' } -Priority 900
    }
    AfterEach { Set-Location $Root }

    It 'removes the destination and keeps what it had' {
        $null = Get-Record ./records | Invoke-RecordExport
        (Unregister-ExportDestination second -Confirm:$false -PassThru).DestinationName | Should -Be 'second'
        (Get-ExportDestination).DestinationName | Should -Be 'archive'
        (Get-UploadLog).DestinationName | Should -Contain 'second'
        Register-ExportDestination second local -Setting @{ base_path = 'second' }
        (Get-Record ./records | Invoke-RecordExport -DestinationName second).Status | Should -Be 'AlreadyExported'
    }

    It 'asks first: where nobody can be asked, nothing is removed' {
        "$(Invoke-Fresh "Import-Module '$Module'; Set-Location '$lab'; try { Unregister-ExportDestination second } catch { 'refused' }")" | Should -Match 'refused'
        (Get-ExportDestination).DestinationName | Should -Contain 'second'
    }

    It 'removes nothing with -WhatIf' {
        $before = Get-Snapshot $lab
        Unregister-ExportDestination second -WhatIf
        Get-Snapshot $lab | Should -Be $before
    }

    It 'takes destinations from the pipeline, and refuses configured ones' {
        Get-ExportDestination | Unregister-ExportDestination -Confirm:$false -ErrorVariable errors -ErrorAction SilentlyContinue
        $errors[0].FullyQualifiedErrorId | Should -BeLike 'NotSupported,*'
        (Get-ExportDestination).DestinationName | Should -Be 'archive'
    }

    It 'refuses one that others depend on' {
        Register-ExportDestination third local -Setting @{ base_path = 'third' } -DependsOn second
        { Unregister-ExportDestination second -Confirm:$false -ErrorAction Stop } | Should -Throw '*third depends on it*'
    }

    It 'completes registered names only' {
        $line = 'Unregister-ExportDestination '
        (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText | Should -Be 'second'
    }
}
