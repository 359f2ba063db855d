BeforeAll { . "$PSScriptRoot/Support.ps1" }

Describe 'Get-Record' {
    BeforeEach { $lab = New-Lab -Records 3 }
    AfterEach { Set-Location $Root }

    It 'gives a record for each file, with what the file tells' {
        $records = Get-Record ./records
        $records.Count | Should -Be 3
        $records[0].pstypenames[0] | Should -Be 'NexusExport.LabRecord'
        $records[0].InstrumentPid | Should -Be 'FEI-Titan-TEM'
        $records[0].User | Should -Match 'Ned Land'
        $records[0].Path | Should -BeLike "$lab*"
    }

    It 'expands wildcards, and gives nothing for one without a match' {
        (Get-Record ./records/*_101.xml).Count | Should -Be 1
        Get-Record ./records/nothing* -ErrorAction Stop | Should -BeNullOrEmpty
    }

    It 'writes a non-terminating error for a path that is missing, and goes on' {
        $records = Get-Record ./records/*_100.xml, ./missing.xml, ./records/*_102.xml -ErrorVariable errors -ErrorAction SilentlyContinue
        $records.Count | Should -Be 2
        $errors.Count | Should -Be 1
        $errors[0].FullyQualifiedErrorId | Should -BeLike 'RecordNotFound,*'
        $errors[0].CategoryInfo.Category | Should -Be 'ObjectNotFound'
        $errors[0].TargetObject | Should -Be './missing.xml'
        $errors[0].ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
    }

    It 'names the file that is no record, and goes on' {
        Set-Content ./records/a-note.xml '<note/>'
        $records = Get-Record ./records -ErrorVariable errors -ErrorAction SilentlyContinue
        $records.Count | Should -Be 3
        $errors.Count | Should -Be 1
        "$($errors[0])" | Should -Match 'a-note\.xml'
        $errors[0].TargetObject | Should -BeLike '*a-note.xml'
    }

    It 'takes -LiteralPath as it is written' {
        $odd = Rename-Item (Get-ChildItem ./records)[0] '2025-03-01_FEI-Titan-TEM_[1].xml' -PassThru
        (Get-Record -LiteralPath $odd.FullName).Path | Should -Be $odd.FullName
        $null = Get-Record -LiteralPath ./records/*.xml -ErrorVariable errors -ErrorAction SilentlyContinue
        $errors[0].FullyQualifiedErrorId | Should -BeLike 'RecordNotFound,*'
    }

    It 'takes files and records from the pipeline' {
        (Get-ChildItem ./records | Get-Record).Count | Should -Be 3
        (Get-Record ./records | Get-Record).Count | Should -Be 3
    }

    Context 'objects from the pipeline' {
        It 'reads the files of <Kind>, relative paths from the location' -ForEach @(
            @{ Kind = 'a text that names a folder'; Count = 3; Make = { './records' } }
            @{ Kind = 'a text with wildcards'; Count = 1; Make = { './records/*_101.xml' } }
            @{ Kind = 'texts that name files'; Count = 3; Make = { (Get-ChildItem ./records).FullName } }
            @{ Kind = 'files'; Count = 3; Make = { Get-ChildItem ./records } }
            @{ Kind = 'a folder'; Count = 3; Make = { Get-Item ./records } }
            @{ Kind = 'resolved paths'; Count = 3; Make = { Resolve-Path ./records/*.xml } }
            @{ Kind = 'a path relative to another drive'; Count = 3; Make = { $null = New-PSDrive lab FileSystem . -Scope Global; 'lab:/records' } }
            @{ Kind = 'custom objects with Path'; Count = 3; Make = { Get-ChildItem ./records | ForEach-Object { [pscustomobject]@{ Path = "records/$($_.Name)" } } } }
            @{ Kind = 'custom objects with FullName'; Count = 3; Make = { Get-ChildItem ./records | ForEach-Object { [pscustomobject]@{ FullName = $_.FullName } } } }
            @{ Kind = 'custom objects with RecordPath'; Count = 3; Make = { Get-ChildItem ./records | ForEach-Object { [pscustomobject]@{ RecordPath = "./records/$($_.Name)" } } } }
            @{ Kind = 'hashtables'; Count = 3; Make = { Get-ChildItem ./records | ForEach-Object { @{ path = "records/$($_.Name)" } } } }
            @{ Kind = 'a CSV file of files'; Count = 3; Make = { Get-ChildItem ./records | Export-Csv files.csv; Import-Csv files.csv } }
            @{ Kind = 'a CSV file of records'; Count = 3; Make = { Get-Record ./records | Export-Csv records.csv; Import-Csv records.csv } }
            @{ Kind = 'a CSV file of results'; Count = 3; Make = { Invoke-RecordExport ./records | Export-Csv results.csv; Import-Csv results.csv } }
            @{ Kind = 'selected properties of records'; Count = 3; Make = { Get-Record ./records | Select-Object Path, SessionIdentifier } }
            @{ Kind = 'records'; Count = 3; Make = { Get-Record ./records } }
            @{ Kind = 'saved records'; Count = 3; Make = { Get-Record ./records | Export-Clixml saved.xml; Import-Clixml saved.xml } }
            @{ Kind = 'saved results'; Count = 3; Make = { Invoke-RecordExport ./records | Export-Clixml saved.xml; Import-Clixml saved.xml } }
            @{ Kind = 'records of a job'; Count = 3; Make = { Start-Job { Import-Module $using:Module; Get-Record $using:lab/records } | Receive-Job -Wait -AutoRemoveJob } }
            @{ Kind = 'results of two destinations'; Count = 3; Make = {
                $null = New-Item -ItemType Directory two
                Set-Content two.yaml "database:`n  path: two.db`ndestinations:`n  a: { type: local, base_path: a }`n  b: { type: local, base_path: b }`n"
                Invoke-RecordExport ./records -ConfigPath two.yaml } }
        ) {
            try {
                $objects = & $Make
                $read = $objects | Get-Record -ErrorAction Stop
                $read.Count | Should -Be $Count
                $read | ForEach-Object { $_.pstypenames[0] | Should -Be 'NexusExport.LabRecord'; $_.SessionIdentifier | Should -Match '^10\d$' }
                $read.Path | ForEach-Object { Test-Path -LiteralPath $_ | Should -BeTrue }
            }
            finally { Remove-PSDrive lab -ErrorAction Ignore }
        }

        It 'takes names with brackets as they are' {
            Rename-Item (Get-ChildItem ./records)[0] 'a[1].xml'
            (Get-Record -LiteralPath './records/a[1].xml' | Get-Record).Path | Should -BeLike '*a`[1`].xml'
            ('./records/a[1].xml' | Get-Record).Path | Should -BeLike '*a`[1`].xml'
            (Get-Record './records/a[1].xml').Path | Should -BeLike '*a`[1`].xml'
            (Get-Item -LiteralPath './records/a[1].xml' | Get-Record).Path | Should -BeLike '*a`[1`].xml'
            ([pscustomobject]@{ Path = './records/a[1].xml' } | Get-Record).Path | Should -BeLike '*a`[1`].xml'
        }

        It 'looks for the sessions of rows of the log in the configured folder' {
            Add-Content nexus-export.yaml "records:`n  path: records`n"
            $null = Invoke-RecordExport ./records
            (Get-UploadLog | Get-Record -ErrorAction Stop).SessionIdentifier | Sort-Object | Should -Be '100', '101', '102'
            ([pscustomobject]@{ SessionIdentifier = '101' } | Get-Record).SessionIdentifier | Should -Be '101'
            [pscustomobject]@{ SessionIdentifier = '999' } | Get-Record -ErrorVariable errors -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
            $errors[0].FullyQualifiedErrorId | Should -BeLike 'RecordNotFound,*'
        }

        It 'finds records that were moved since, by their results and by themselves' {
            Add-Content nexus-export.yaml "records:`n  path: records`n  uploaded: records/uploaded`n"
            $records = Get-Record
            $results = $records | Invoke-RecordExport
            (Get-ChildItem ./records -File).Count | Should -Be 0
            ($results | Get-Record -ErrorAction Stop).Path | ForEach-Object { $_ | Should -BeLike '*uploaded*' }
            ($records | Get-Record -ErrorAction Stop).Count | Should -Be 3
        }

        It 'writes an error for <Kind>, and goes on' -ForEach @(
            @{ Kind = 'a number'; Make = { 5 } }
            @{ Kind = 'an object without a path'; Make = { [pscustomobject]@{ Name = 'x' } } }
            @{ Kind = 'an empty hashtable'; Make = { @{} } }
            @{ Kind = 'a blank path'; Make = { [pscustomobject]@{ Path = '' } } }
        ) {
            (& $Make), (Get-Item ./records) | Get-Record -ErrorVariable errors -ErrorAction SilentlyContinue | Should -HaveCount 3
            $errors.Count | Should -Be 1
            $errors[0].FullyQualifiedErrorId | Should -BeLike 'NotARecord,*'
        }
    }

    It 'filters' {
        $null = New-RecordFile ./records 20 'JEOL-3010' 'Conseil (con)'
        (Get-Record ./records -Instrument JEOL*).Count | Should -Be 1
        (Get-Record ./records -User *ned*).Count | Should -Be 3
        (Get-Record ./records -SessionIdentifier 10[01]).Count | Should -Be 2
        (Get-Record ./records -Since 2025-03-10).Count | Should -Be 1
        (Get-Record ./records -Before 2025-03-10).Count | Should -Be 3
    }

    It 'leaves out what a destination has already' {
        $null = Invoke-RecordExport ./records/*_100.xml
        (Get-Record ./records -NotExportedTo archive).SessionIdentifier | Should -Be '101', '102'
    }

    It 'starts from the location, not from the working directory of the process' {
        $process = [Environment]::CurrentDirectory
        $process | Should -Not -Be $lab
        (Get-Record records).Count | Should -Be 3
    }

    It 'does not hang when the pipeline ends early' {
        3..400 | ForEach-Object { Copy-Item (Get-ChildItem ./records)[0] "./records/2025-03-01_FEI-Titan-TEM_copy$_.xml" }
        (Get-Record ./records | Select-Object -First 1).Count | Should -Be 1
    }

    It 'refuses paths outside of the file system' {
        $null = Get-Record env: -ErrorVariable errors -ErrorAction SilentlyContinue
        "$($errors[0])" | Should -Match 'file system'
    }

    Context 'the configuration that records were read under' {
        BeforeEach {
            $null = New-Item -ItemType Directory elsewhere
            Set-Content elsewhere/lab.yaml "database:`n  path: other.db`nrecords:`n  path: ../records`ndestinations:`n  other: { type: local, base_path: other }`n"
        }

        It 'is the one that they are exported and logged under' {
            $results = Get-Record -ConfigPath elsewhere/lab.yaml | Invoke-RecordExport
            $results.DestinationName | Sort-Object -Unique | Should -Be 'other'
            ($results | Get-UploadLog).DestinationName | Sort-Object -Unique | Should -Be 'other'
            (Get-UploadLog -ConfigPath elsewhere/lab.yaml -First 1 | Get-Record).Count | Should -Be 1
            Test-Path ./log.db | Should -BeFalse
            (Get-ExportDestination -ConfigPath elsewhere/lab.yaml | Test-ExportDestination).DestinationName | Should -Be 'other'
        }

        It 'is kept from one location to another' {
            $records = Get-Record ./records
            Push-Location elsewhere
            try { ($records | Invoke-RecordExport).DestinationName | Sort-Object -Unique | Should -Be 'archive' } finally { Pop-Location }
            Test-Path ./log.db | Should -BeTrue
        }

        It 'changes in the middle of a pipeline' {
            $mixed = @(Get-Record ./records/*_100.xml) + @(Get-Record -ConfigPath elsewhere/lab.yaml -SessionIdentifier 101) + @(Get-Record ./records/*_102.xml)
            ($mixed | Invoke-RecordExport -ThrottleLimit 1).DestinationName | Should -Be 'archive', 'other', 'archive'
        }

        It 'gives way to -ConfigPath' {
            (Get-Record ./records | Invoke-RecordExport -ConfigPath elsewhere/lab.yaml).DestinationName | Sort-Object -Unique | Should -Be 'other'
        }

        It 'is no file where the name is empty' {
            { Get-Record ./records -ConfigPath '' } | Should -Throw -ErrorId 'ConfigurationNotFound,*'
            { './records' | Get-Record -ConfigPath $null } | Should -Throw -ErrorId 'ConfigurationNotFound,*'
        }

        It 'is complained of although nothing comes from the pipeline' {
            Set-Content nexus-export.yaml 'destinations: ['
            { @() | Invoke-RecordExport } | Should -Throw -ErrorId 'ConfigurationInvalid,*'
        }
    }

    It 'is shown as a table' {
        $text = Get-Record ./records | Out-String -Width 160
        $text | Should -Match 'From\s+Size\s+Record\s+User\s+Instrument'
        $text | Should -Match '\d+ B'
    }
}
