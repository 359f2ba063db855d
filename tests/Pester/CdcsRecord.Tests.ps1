BeforeAll {
    . "$PSScriptRoot/Support.ps1"
    $program = Get-ChildItem "$Root/tests/NexusExport.Fakes/bin/*/net10.0/NexusExport.Fakes.dll" | Sort-Object LastWriteTime | Select-Object -Last 1
    $start = [Diagnostics.ProcessStartInfo]@{ FileName = 'dotnet'; RedirectStandardInput = $true; RedirectStandardOutput = $true }
    $start.ArgumentList.Add($program.FullName)
    $start.ArgumentList.Add('cdcs')
    $fake = [Diagnostics.Process]::Start($start)
    $server = $fake.StandardOutput.ReadLine() | ConvertFrom-Json
    $null = New-Lab -Records 12 -Destinations "  lab:`n    type: cdcs`n    url: $($server.url)`n    token: $($server.token)`n  archive: { type: local, base_path: archive, enabled: false }`n"
    $null = Get-Record records | Invoke-RecordExport -WarningAction SilentlyContinue
    $PSDefaultParameterValues['*-CdcsRecord:WarningAction'] = 'SilentlyContinue'
}

AfterAll {
    Set-Location $Root
    $fake.StandardInput.Close()
    $null = $fake.WaitForExit(10000)
    $fake.Dispose()
}

Describe 'Find-, Save- and Remove-CdcsRecord' {
    It 'finds records page by page, by title, keyword and number' {
        $all = Find-CdcsRecord
        $all.Count | Should -Be 12
        $all[0].pstypenames[0] | Should -Be 'NexusExport.CdcsRecord'
        @(Find-CdcsRecord '*_104').Count | Should -Be 1
        @(Find-CdcsRecord -Keyword 'Ned Land').Count | Should -Be 12
        @(Find-CdcsRecord -First 3).Count | Should -Be 3
        (Find-CdcsRecord | Select-Object -First 1).DestinationName | Should -Be 'lab'
        Find-CdcsRecord -First 1 | Out-String -Width 160 | Should -Match 'Id\s+Title\s+Modified\s+Destination\s+Url'
    }

    It 'saves what it found, and does not replace a file unless it is told to' {
        $files = Find-CdcsRecord -First 2 | Save-CdcsRecord -OutputPath saved
        $files | Should -BeOfType IO.FileInfo
        foreach ($file in $files) { (Get-FileHash $file).Hash | Should -Be (Get-FileHash "records/$($file.Name)").Hash }
        Find-CdcsRecord -First 1 | Save-CdcsRecord -OutputPath saved -ErrorVariable errors -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $errors[0].FullyQualifiedErrorId | Should -BeLike 'StorageFailed,*'
        @(Find-CdcsRecord -First 1 | Save-CdcsRecord -OutputPath saved -Force).Count | Should -Be 1
    }

    It 'writes nothing for -WhatIf' {
        Find-CdcsRecord | Save-CdcsRecord -OutputPath never -WhatIf
        'never' | Should -Not -Exist
        Find-CdcsRecord | Remove-CdcsRecord -WhatIf
        @(Find-CdcsRecord).Count | Should -Be 12
    }

    It 'keeps every record of one title, whatever the order and -Force' {
        $record = Find-CdcsRecord -First 1
        $null = Get-Record -Path "records/$($record.Title).xml", "records/uploaded/$($record.Title).xml" -ErrorAction SilentlyContinue |
            Invoke-RecordExport -Force -WarningAction SilentlyContinue
        $files = Find-CdcsRecord -Title $record.Title | Save-CdcsRecord -OutputPath twins -Force
        $files.Count | Should -Be 2
        @(Get-ChildItem twins).Count | Should -Be 2
        Find-CdcsRecord -Title $record.Title | Where-Object Id -ne $record.Id | Remove-CdcsRecord -Confirm:$false
    }

    It 'removes records and writes that down; a record that is gone is fine, an id that never was is not' {
        $record = Find-CdcsRecord -First 1
        $record | Remove-CdcsRecord -Confirm:$false
        Remove-CdcsRecord $record.Id -Confirm:$false
        @(Find-CdcsRecord).Count | Should -Be 11
        (Get-UploadLog | Where-Object RecordId -eq $record.Id | Select-Object -First 1).Success | Should -BeFalse
        Remove-CdcsRecord 999999 -Confirm:$false -ErrorVariable errors -ErrorAction SilentlyContinue
        $errors[0].FullyQualifiedErrorId | Should -BeLike 'ResourceNotFound,*'
        $errors[0].TargetObject | Should -Be 999999
    }

    It 'completes the names of CDCS destinations only' {
        $line = 'Find-CdcsRecord -DestinationName '
        (TabExpansion2 $line $line.Length).CompletionMatches.ListItemText | Should -Be 'lab'
    }

    It 'says which destinations there are where the name is none' {
        { Find-CdcsRecord -DestinationName nowhere -ErrorAction Stop } | Should -Throw '*Configured are: lab.' -ErrorId 'DestinationNotFound,*'
    }
}
