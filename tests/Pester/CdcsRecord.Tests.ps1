BeforeAll {
    . "$PSScriptRoot/Support.ps1"
    $program = Get-ChildItem "$Root/tests/NexusExport.Fakes/bin/*/net10.0/NexusExport.Fakes.dll" | Sort-Object LastWriteTime | Select-Object -Last 1
    $start = [Diagnostics.ProcessStartInfo]@{ FileName = 'dotnet'; RedirectStandardInput = $true; RedirectStandardOutput = $true }
    $start.ArgumentList.Add($program.FullName)
    $start.ArgumentList.Add('cdcs')
    $fake = [Diagnostics.Process]::Start($start)
    $server = $fake.StandardOutput.ReadLine() | ConvertFrom-Json
    $null = New-Lab -Records 12 -Destinations "  lab:`n    type: cdcs`n    url: $($server.url)`n    token: $($server.token)`n"
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

    It 'removes records, and a record that is gone is fine' {
        $record = Find-CdcsRecord -First 1
        $record | Remove-CdcsRecord -Confirm:$false
        Remove-CdcsRecord $record.Id -Confirm:$false
        @(Find-CdcsRecord).Count | Should -Be 11
    }

    It 'says which destinations there are where the name is none' {
        { Find-CdcsRecord -DestinationName nowhere -ErrorAction Stop } | Should -Throw '*Configured are: lab.' -ErrorId 'DestinationNotFound,*'
    }
}
