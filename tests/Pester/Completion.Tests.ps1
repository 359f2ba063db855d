BeforeAll {
    . "$PSScriptRoot/Support.ps1"

    # The texts that a line can be completed with.
    function Complete([string]$Line) { (TabExpansion2 $Line $Line.Length).CompletionMatches.CompletionText }
}

Describe 'Completion' {
    BeforeEach {
        $null = New-Lab -Records 3 -Destinations "  archive:`n    type: local`n    base_path: archive`n  cdcs:`n    type: cdcs`n    url: http://127.0.0.1:9`n    token: env:NEXUSEXPORT_TEST_TOKEN`n    template: My Template`n"
        Add-Content nexus-export.yaml "records:`n  path: records`n"
        $null = New-RecordFile ./records 20 'JEOL-3010' 'Conseil (con)'
    }
    AfterEach { Set-Location $Root }

    It 'knows sessions, instruments, users and states of records' {
        Complete 'Get-Record -SessionIdentifier 10' | Should -Be '100', '101', '102'
        Complete 'Get-Record ./records -Instrument ' | Should -Be 'FEI-Titan-TEM', 'JEOL-3010'
        Complete 'Get-Record -Instrument jeol' | Should -Be 'JEOL-3010'
        Complete 'Get-Record -User Con' | Should -Be "'Conseil (con)'"
        Complete 'Get-Record -Status BUILT' | Should -Be 'BUILT_NOT_EXPORTED'
    }

    It 'offers only what can be typed, and quotes it so that nothing of it is run' {
        $users = "Aronnax$([char]0x2019)s; Set-Content owned 1 #", "Nemo$([char]0x2018)$([char]0x201a)$([char]0x201b)'", '-Verbose', 'plain'
        foreach ($user in $users) { $null = New-RecordFile ./records (30 + $users.IndexOf($user)) 'JEOL-3010' $user }
        $null = New-RecordFile ./records 40 'JEOL-3010' "turn`u{202e}ed"
        $offered = Complete 'Get-Record ./records -User '
        $offered.Count | Should -Be 6
        $offered -match '\p{Cc}|\u202e|turn' | Should -BeNullOrEmpty
        foreach ($text in $offered) {
            $found = & ([scriptblock]::Create("Get-Record ./records -User $text"))
            $found | Should -Not -BeNullOrEmpty -Because $text
            $found.User | ForEach-Object { $_ | Should -BeIn ($users + 'Conseil (con)' + 'Ned Land (ned)') }
        }
        './owned' | Should -Not -Exist
    }

    It 'knows sessions of the log' {
        Complete 'Get-UploadLog ' | Should -Not -Contain '100'
        $null = Invoke-RecordExport ./records -DestinationName archive 6>$null
        Complete 'Get-UploadLog -SessionIdentifier 10' | Sort-Object | Should -Be '100', '101', '102'
    }

    It 'knows the settings of a type' {
        Complete 'Register-ExportDestination more local -Setting base' | Should -Be "@{ base_path = '' }"
        Complete 'Register-ExportDestination more cdcs -Setting ' | Should -Contain "@{ url = 'https://'; token = 'env:' }"
        Complete 'Set-ExportDestination cdcs -Setting tem' | Should -Be "@{ template = '' }"
        $line = 'Register-ExportDestination more local -Setting base'
        (TabExpansion2 $line $line.Length).CompletionMatches[0].ToolTip | Should -Match 'Folder of the archive'
    }

    It 'offers settings that can be used as they are offered' -ForEach 'local', 'cdcs', 's3', 'webdav', 'github', 'drive', 'mysql', 'elabftw', 'labarchives' {
        foreach ($text in Complete "Register-ExportDestination more $_ -Setting ") {
            $table = & ([scriptblock]::Create($text))
            $table | Should -BeOfType hashtable
            Register-ExportDestination more $_ -Setting $table -SkipTest -WhatIf -ErrorAction Stop
        }
    }

    It 'knows names of settings, and templates' {
        Complete 'Get-ExportConfiguration destinations.cdcs.t' | Should -Contain 'destinations.cdcs.template'
        Complete 'Find-CdcsRecord -Template ' | Should -Be "'My Template'"
    }

    It 'knows CDCS destinations for <_>' -ForEach 'Find-CdcsRecord', 'Save-CdcsRecord 1', 'Remove-CdcsRecord 1' {
        Complete "$_ -DestinationName " | Should -Be 'cdcs'
    }

    It 'reads the configuration that is typed' {
        Set-Content other.yaml "destinations:`n  elsewhere: { type: local }`n"
        Complete 'Get-ExportDestination -ConfigPath other.yaml -DestinationName ' | Should -Be 'elsewhere'
    }

    It 'is quiet where the configuration is broken' {
        Set-Content nexus-export.yaml 'destinations: ['
        foreach ($line in 'Get-Record -User x', 'Register-ExportDestination a local -Setting x', 'Get-UploadLog x', 'Find-CdcsRecord -Template x') {
            { Complete $line } | Should -Not -Throw
        }
    }
}
