BeforeAll { . "$PSScriptRoot/Support.ps1" }

Describe 'Get-ExportDestination' {
    BeforeEach { $null = New-Lab -Destinations "  near:`n    type: local`n    priority: 900`n    base_path: near`n  far:`n    type: local`n    base_path: far`n  off:`n    type: local`n    enabled: false`n" }
    AfterEach { Set-Location $Root }

    It 'lists them in running order, disabled ones last' {
        $all = Get-ExportDestination
        $all.DestinationName | Should -Be 'near', 'far', 'off'
        $all.Order | Should -Be 1, 2, $null
        $all[0].pstypenames[0] | Should -Be 'NexusExport.DestinationInfo'
    }

    It 'takes names and wildcards' {
        (Get-ExportDestination far).DestinationName | Should -Be 'far'
        (Get-ExportDestination n*, o*).DestinationName | Should -Be 'near', 'off'
        Get-ExportDestination x* -ErrorAction Stop | Should -BeNullOrEmpty
        ('far' | Get-ExportDestination).DestinationName | Should -Be 'far'
    }

    It 'writes an error for a name that is missing, and goes on' {
        (Get-ExportDestination nowhere, far -ErrorVariable errors -ErrorAction SilentlyContinue).DestinationName | Should -Be 'far'
        $errors[0].FullyQualifiedErrorId | Should -BeLike 'DestinationNotFound,*'
        $errors[0].TargetObject | Should -Be 'nowhere'
    }

    It 'reads the file that -ConfigPath names, from the location' {
        Rename-Item nexus-export.yaml other.yaml
        (Get-ExportDestination -ConfigPath other.yaml).Count | Should -Be 3
        { Get-ExportDestination -ConfigPath missing.yaml } | Should -Throw -ErrorId 'ConfigurationNotFound*'
    }

    It 'tells file, line and column of a mistake' {
        Set-Content nexus-export.yaml "destinations:`n  near:`n    type: local`n    prioriti: 3`n"
        $text = try { "$((Get-ExportDestination -WarningAction SilentlyContinue).Fault)" } catch { "$_" }
        $text | Should -Match 'nexus-export\.yaml'
        $text | Should -Match '4'
        $text | Should -Match 'priority'
    }

    It 'is shown as a table' {
        Get-ExportDestination | Out-String -Width 120 | Should -Match 'Order\s+Destination\s+Type\s+Priority\s+State'
    }
}
