BeforeAll { . "$PSScriptRoot/Support.ps1" }

Describe 'Invoke-RecordExport' {
    BeforeEach { $lab = New-Lab -Records 3 }
    AfterEach { Set-Location $Root }

    It 'exports records and gives a result for each' {
        $results = Get-Record ./records | Invoke-RecordExport
        $results.Status | Should -Be 'Exported', 'Exported', 'Exported'
        $results[0].pstypenames[0] | Should -Be 'NexusExport.ExportResult'
        foreach ($file in Get-ChildItem ./records) {
            (Get-FileHash (Get-ChildItem ./archive -Recurse -Filter $file.Name)).Hash | Should -Be (Get-FileHash $file).Hash
        }
    }

    It 'sends nothing twice, unless told to' {
        $null = Invoke-RecordExport ./records
        (Invoke-RecordExport ./records).Status | Should -Be 'AlreadyExported', 'AlreadyExported', 'AlreadyExported'
        (Invoke-RecordExport ./records/*_100.xml -Force).Status | Should -Be 'Exported'
    }

    It 'takes files from the pipeline' {
        (Get-ChildItem ./records | Invoke-RecordExport).Count | Should -Be 3
    }

    Context 'objects from the pipeline' {
        It 'exports the records of <Kind> under their own sessions, and once only' -ForEach @(
            @{ Kind = 'a text'; Make = { './records' } }
            @{ Kind = 'a text with wildcards'; Make = { 'records/*.xml' } }
            @{ Kind = 'files'; Make = { Get-ChildItem ./records } }
            @{ Kind = 'a folder'; Make = { Get-Item ./records } }
            @{ Kind = 'custom objects'; Make = { Get-ChildItem ./records | ForEach-Object { [pscustomobject]@{ Path = "records/$($_.Name)" } } } }
            @{ Kind = 'custom objects with all that a record has but a session'; Make = {
                Get-ChildItem ./records | ForEach-Object { [pscustomobject]@{ Path = $_.FullName; SessionIdentifier = $null; MediaType = 'application/xml'; Title = 'x' } } } }
            @{ Kind = 'hashtables'; Make = { Get-ChildItem ./records | ForEach-Object { @{ Path = "records/$($_.Name)" } } } }
            @{ Kind = 'a CSV file of records'; Make = { Get-Record ./records | Export-Csv records.csv; Import-Csv records.csv } }
            @{ Kind = 'selected properties'; Make = { Get-Record ./records | Select-Object Path } }
            @{ Kind = 'saved records'; Make = { Get-Record ./records | Export-Clixml saved.xml; Import-Clixml saved.xml } }
            @{ Kind = 'records of a job'; Make = { Start-Job { Import-Module $using:Module; Get-Record $using:lab/records } | Receive-Job -Wait -AutoRemoveJob } }
        ) {
            $objects = & $Make
            $first = $objects | Invoke-RecordExport -ErrorAction Stop
            $first.Status | Should -Be 'Exported', 'Exported', 'Exported'
            $first.SessionIdentifier | Sort-Object | Should -Be '100', '101', '102'
            ($objects | Invoke-RecordExport -ErrorAction Stop).Status | Sort-Object -Unique | Should -Be 'AlreadyExported'
            (Get-ChildItem ./archive -Recurse -File).Count | Should -Be 3
            (Get-UploadLog).Count | Should -Be 3
        }

        It 'exports results again: each record once, and those that were moved' {
            Add-Content nexus-export.yaml "records:`n  path: records`n  uploaded: records/uploaded`n"
            $records = Get-Record
            $results = $records | Invoke-RecordExport
            (Get-ChildItem ./records -File).Count | Should -Be 0
            ($results | Invoke-RecordExport -ErrorAction Stop).Status | Should -Be 'AlreadyExported', 'AlreadyExported', 'AlreadyExported'
            ($records | Invoke-RecordExport -ErrorAction Stop).Status | Should -Be 'AlreadyExported', 'AlreadyExported', 'AlreadyExported'
            (Get-UploadLog | Invoke-RecordExport -ErrorAction Stop).Count | Should -Be 3
            Get-UploadLog -Failed | Should -BeNullOrEmpty
        }

        It 'sends nothing for what is no record' {
            5, @{}, [pscustomobject]@{ Name = 'x' } | Invoke-RecordExport -ErrorVariable errors -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
            $errors.FullyQualifiedErrorId | Should -BeLike 'NotARecord,*'
            $errors.Count | Should -Be 3
            Test-Path ./archive | Should -BeFalse
        }

        It 'takes names with brackets as they are' {
            Rename-Item (Get-ChildItem ./records)[0] 'a[1].xml'
            (Get-Record -LiteralPath './records/a[1].xml' | Invoke-RecordExport).Status | Should -Be 'Exported'
            (Get-Item -LiteralPath './records/a[1].xml' | Invoke-RecordExport).Status | Should -Be 'AlreadyExported'
            (Invoke-RecordExport -LiteralPath './records/a[1].xml').Status | Should -Be 'AlreadyExported'
        }
    }

    It 'leaves a folder that is merely named as it is' {
        $before = Get-Snapshot ./records
        $null = Invoke-RecordExport ./records
        Get-Snapshot ./records | Should -Be $before
    }

    Context 'what goes wrong' {
        It 'ends at once when there is no destination' {
            $lab = New-Lab -Destinations "  archive:`n    type: local`n    enabled: false`n"
            $failure = { Invoke-RecordExport ./records } | Should -Throw -PassThru
            $failure.FullyQualifiedErrorId | Should -BeLike 'NoDestination,*'
        }

        It 'ends at once when a destination is not configured' {
            $failure = { Invoke-RecordExport ./records -DestinationName nowhere } | Should -Throw -PassThru
            $failure.FullyQualifiedErrorId | Should -BeLike 'DestinationNotFound,*'
            $failure.TargetObject | Should -Be 'nowhere'
        }

        It 'writes one error for a record that fails, and goes on' {
            $broken = (Get-ChildItem ./records)[1].FullName
            [IO.File]::WriteAllText($broken, ([IO.File]::ReadAllText($broken) -replace '</Experiment>', '<oops>'))
            $results = Get-Record ./records | Invoke-RecordExport -ErrorVariable errors -ErrorAction SilentlyContinue
            @($results | Where-Object Success).Count | Should -Be 2
            $errors.Count | Should -Be 1
            $errors[0].FullyQualifiedErrorId | Should -BeLike 'NotWellFormed,*'
            $errors[0].TargetObject.Path | Should -Be $broken
        }

        It 'exports everything that it can before -ErrorAction Stop stops' {
            $broken = (Get-ChildItem ./records)[0].FullName
            [IO.File]::WriteAllText($broken, ([IO.File]::ReadAllText($broken) -replace '</Experiment>', '<oops>'))
            { Get-Record ./records | Invoke-RecordExport -ThrottleLimit 1 -ErrorAction Stop } | Should -Throw -ErrorId 'NotWellFormed*'
            (Get-ChildItem ./archive -Recurse -File).Count | Should -Be 2
        }

        It 'tells a dead destination once, with the number of records and what to do' {
            $server = New-SilentServer
            $port = $server.LocalEndpoint.Port
            $server.Stop()
            $lab = New-Lab -Records 25 -Destinations "  archive:`n    type: local`n    base_path: archive`n  cdcs:`n    type: cdcs`n    url: http://127.0.0.1:$port`n    token: env:NEXUSEXPORT_TEST_TOKEN`n"
            $results = Get-Record ./records | Invoke-RecordExport -WarningVariable warnings -WarningAction SilentlyContinue -ErrorAction Stop -InformationVariable told
            $results.Count | Should -Be 50
            $warnings.Count | Should -Be 1
            "$($warnings[0])" | Should -Match '^cdcs \(CONNECTION_FAILED\), 25 records: .*Test-ExportDestination'
            "$($told.MessageData)" | Should -Be '25 records: 25 exported, 0 already exported, 0 failed'
            $told.MessageData.ExitCode | Should -Be 0
            $null = Get-Record ./records | Invoke-RecordExport -Strategy All -WarningVariable warnings -ErrorVariable errors -ErrorAction SilentlyContinue -InformationVariable told
            $warnings | Should -BeNullOrEmpty
            $errors.Count | Should -Be 1
            $errors[0].FullyQualifiedErrorId | Should -BeLike 'ConnectionFailed,*'
            $errors[0].ErrorDetails.RecommendedAction | Should -Match 'Test-ExportDestination'
            $errors[0].TargetObject.Count | Should -Be 25
            $told.MessageData.Failed | Should -Be 25
        }

        It 'tells each record''s reason with -Verbose' {
            Set-Content ./file 'in the way'
            $lab = New-Lab -Records 2 -Destinations "  archive:`n    type: local`n    base_path: archive`n  broken:`n    type: local`n    base_path: file/archive`n"
            Set-Content ./file 'in the way'
            $verbose = Get-Record ./records | Invoke-RecordExport -Verbose 3>$null 4>&1 6>$null | Where-Object { $_ -is [Management.Automation.VerboseRecord] }
            @($verbose -match '_10[01]\.xml → broken \(STORAGE_FAILED\)').Count | Should -Be 2
        }

        It 'warns of a destination that fails while the record succeeds' {
            Set-Content ./file 'in the way'
            $lab = New-Lab -Records 1 -Destinations "  archive:`n    type: local`n    base_path: archive`n  broken:`n    type: local`n    base_path: file/archive`n"
            Set-Content ./file 'in the way'
            $results = Get-Record ./records | Invoke-RecordExport -Strategy best_effort -WarningVariable warnings -WarningAction SilentlyContinue -ErrorAction Stop
            $results.Count | Should -Be 2
            @($warnings | Where-Object { $_ -match 'broken' }).Count | Should -Be 1
            $null = Get-Record ./records | Invoke-RecordExport -Strategy All -ErrorVariable errors -ErrorAction SilentlyContinue -WarningAction SilentlyContinue
            $errors[0].FullyQualifiedErrorId | Should -BeLike 'StorageFailed,*'
        }
    }

    Context '-WhatIf' {
        It 'makes no call and writes nothing' {
            $server = New-SilentServer
            try {
                $lab = New-Lab -Destinations ("  archive:`n    type: local`n    base_path: archive`n" + (Get-CdcsSetting $server))
                $before = Get-Snapshot $lab
                Get-Record ./records | Invoke-RecordExport -WhatIf 6> $null | Should -BeNullOrEmpty
                Get-Snapshot $lab | Should -Be $before
                $server.Pending() | Should -BeFalse
            }
            finally { $server.Stop() }
        }

        It 'says what would be sent where, once for each record and destination' {
            $log = "$TestDrive/whatif.txt"
            Start-Transcript $log | Out-Null
            try { Invoke-RecordExport ./records -WhatIf } finally { Stop-Transcript | Out-Null }
            $lines = Get-Content $log | Where-Object { $_ -match '→ archive' }
            $lines.Count | Should -Be 3
            $lines[0] | Should -Match '_100\.xml'
        }

        It 'shows under FirstSuccess what would be tried first, or where the record is' {
            $lab = New-Lab -Records 2 -Destinations "  one:`n    type: local`n    base_path: one`n  two:`n    type: local`n    base_path: two`n  three:`n    type: local`n    base_path: three`n"
            $null = Invoke-RecordExport ./records/*_100.xml -DestinationName two 6>$null
            $lines = & {
                $log = "$TestDrive/first.txt"
                $null = Start-Transcript $log
                try { Invoke-RecordExport ./records -Strategy FirstSuccess -WhatIf } finally { $null = Stop-Transcript }
                Get-Content $log | Where-Object { $_ -match '^What if' }
            }
            $lines.Count | Should -Be 2
            $lines[0] | Should -Match 'already exported to two'
            $lines[1] | Should -Match 'Export .*_101\.xml .* to one; if that fails, to three, then two'
        }

        It 'goes on after a record that cannot be read' {
            Set-Content nexus-export.yaml "database:`n  path: log.db`nexport:`n  pipeline:`n    max_content_length: 400`ndestinations:`n  archive:`n    type: local`n    base_path: archive`n"
            $long = (Get-ChildItem ./records)[0].FullName
            [IO.File]::WriteAllText($long, ([IO.File]::ReadAllText($long) -replace '</Experiment>', ((' ' * 4000) + '</Experiment>')))
            Invoke-RecordExport ./records -WhatIf -ErrorVariable errors -ErrorAction SilentlyContinue
            $errors.Count | Should -Be 1
            $errors[0].FullyQualifiedErrorId | Should -BeLike 'ContentTooLarge,*'
        }

        It 'honours $WhatIfPreference' {
            & { $WhatIfPreference = $true; Invoke-RecordExport ./records } | Should -BeNullOrEmpty
            Test-Path ./archive | Should -BeFalse
        }
    }

    Context 'being stopped' {
        It 'stops in the middle of a call, without waiting for its time-out of 30 s' {
            $server = New-SilentServer
            $shell = [powershell]::Create()
            try {
                $lab = New-Lab -Destinations (Get-CdcsSetting $server)
                $null = $shell.AddScript("Import-Module '$Module'; Set-Location '$lab'; Get-Record ./records | Invoke-RecordExport")
                $run = $shell.BeginInvoke()
                Wait-Until { $server.Pending() -or $run.IsCompleted }
                $run.IsCompleted | Should -BeFalse
                $clock = [Diagnostics.Stopwatch]::StartNew()
                $shell.EndStop($shell.BeginStop($null, $null))
                $clock.ElapsedMilliseconds | Should -BeLessThan 1000
                $shell.InvocationStateInfo.State | Should -Be 'Stopped'
            }
            finally { $server.Stop(); $shell.Dispose() }
        }

        It 'does not hang when the pipeline ends early, and the next run exports the rest' {
            3..60 | ForEach-Object { $null = New-RecordFile ./records $_ }
            (Get-Record ./records | Invoke-RecordExport | Select-Object -First 1).Count | Should -Be 1
            (Get-Record ./records | Invoke-RecordExport).Count | Should -Be (Get-ChildItem ./records).Count
            (Get-ChildItem ./archive -Recurse -File).Count | Should -Be (Get-ChildItem ./records).Count
        }
    }

    Context 'parameters' {
        It 'accepts the strategy as <_>' -ForEach 'All', 'all', 'best_effort', 'first_success', 'FirstSuccess' {
            (Invoke-RecordExport ./records/*_100.xml -Strategy $_ ).Success | Should -BeTrue
        }

        It 'refuses an unknown strategy' {
            { Invoke-RecordExport ./records -Strategy sometimes } | Should -Throw -ErrorId 'CannotConvertArgument*'
        }

        It 'completes destinations from the configuration' {
            $line = 'Invoke-RecordExport ./records -DestinationName '
            (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText | Should -Contain 'archive'
        }

        It 'completes strategies' {
            $line = 'Invoke-RecordExport ./records -Strategy '
            (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText | Should -Be 'All', 'BestEffort', 'FirstSuccess'
        }

        It 'completes nothing, quietly, where the configuration is broken' {
            Set-Content nexus-export.yaml 'destinations: ['
            $line = 'Invoke-RecordExport -DestinationName arch'
            { TabExpansion2 $line $line.Length } | Should -Not -Throw
        }
    }

    It 'says which defaults it takes where nothing is configured' {
        Remove-Item nexus-export.yaml
        $null = Invoke-RecordExport ./records -WarningVariable warnings -WarningAction SilentlyContinue
        "$warnings" | Should -Match 'exports'
        (Get-ChildItem ./exports -Recurse -File).Count | Should -Be 3
    }

    It 'is shown as a table with readable durations' {
        $text = Invoke-RecordExport ./records | Out-String -Width 200
        $text | Should -Match 'Status\s+Destination\s+Duration\s+Record\s+Detail'
        $text | Should -Match '\d+ ms'
    }
}
