BeforeAll {
    . "$PSScriptRoot/Support.ps1"

    function Add-Plugin([string]$Name, [string]$Text) {
        $null = New-Item -ItemType Directory plugins -Force
        Set-Content "plugins/$Name.ps1" $Text
    }
}

Describe 'Script plugins' {
    BeforeEach { $lab = New-Lab -Records 2 }
    AfterEach { Set-Location $Root; $env:LAB_STAGING = $null }

    It 'runs the sample from the plugin folder, with its own functions' {
        $null = New-Item -ItemType Directory plugins
        Copy-Item "$Root/samples/plugins/staging.ps1" plugins
        $env:LAB_STAGING = "$lab/staging"
        $results = Get-Record records | Invoke-RecordExport -DestinationName staging
        $results.Status | Should -Be 'Exported', 'Exported'
        (Get-ChildItem staging).Name | Sort-Object | Should -Be (Get-ChildItem records).Name
        (Get-FileHash staging/*).Hash | Sort-Object | Should -Be ((Get-FileHash records/*).Hash | Sort-Object)
        $results[0].RecordUrl | Should -BeLike 'file:///*.xml'
        $results[0].Metadata['included_cdcs_link'] | Should -BeFalse
        (Test-ExportDestination staging).Message | Should -BeLike '*staging is there.'
        Get-Command Get-TargetPath -ErrorAction Ignore | Should -BeNullOrEmpty
    }

    It 'says what the sample refused, in the words and with the code that it threw' {
        $null = New-Item -ItemType Directory plugins, staging
        Copy-Item "$Root/samples/plugins/staging.ps1" plugins
        $env:LAB_STAGING = "$lab/staging"
        Get-ChildItem records | ForEach-Object { Set-Content "staging/$($_.Name)" 'other' }
        $result = Get-Record records | Select-Object -First 1 | Invoke-RecordExport -DestinationName staging -ErrorAction SilentlyContinue
        $result.ErrorCode | Should -Be 'REQUEST_REJECTED'
        $result.ErrorMessage | Should -BeLike "'staging': *is there already, with other content."
        $result.Recoverable | Should -BeFalse
    }

    It 'shows them in running order, and takes what the configuration says of them' {
        Add-Plugin lab "[pscustomobject]@{ Priority = 700; Export = { } }"
        (Get-ExportDestination).DestinationName | Should -Be 'lab', 'archive'
        (Get-ExportDestination lab).Source | Should -BeLike '*lab.ps1'
        Add-Content nexus-export.yaml "  lab:`n    priority: 7"
        (Get-ExportDestination).DestinationName | Should -Be 'archive', 'lab'
    }

    It 'makes an error that the script does not handle a failed result with file and line, and the others go on' {
        Add-Plugin bad "@{ Export = {`n  Get-Item ./no-such-file`n  'sent' } }"
        $results = Get-Record records | Invoke-RecordExport -WarningAction SilentlyContinue
        @($results | Where-Object DestinationName -EQ archive).Status | Should -Be 'Exported', 'Exported'
        $failed = $results | Where-Object DestinationName -EQ bad | Select-Object -First 1
        $failed.ErrorCode | Should -Be 'PLUGIN_FAILED'
        $failed.ErrorMessage | Should -Match 'no-such-file.*\(bad\.ps1, line 2\)'
    }

    It 'takes whatever a script hands over, and the others go on' {
        Add-Plugin odd @'
class Mute { [string] ToString() { throw 'no text' } }
$round = @{ RecordId = 'me' }; 1..9 | ForEach-Object { $round["Self$_"] = $round }
$throws = [pscustomobject]@{ RecordId = '7' } | Add-Member ScriptProperty RecordUrl { throw 'no address' } -PassThru
$endless = [Linq.Enumerable]::Repeat[object]('x', [int]::MaxValue)
$answers = @{ 0 = $round; 1 = $throws; 2 = @{ RecordId = [Mute]::new(); Metadata = @{ Round = $round; Endless = $endless; Mute = [Mute]::new() } } }
$script:at = 0
@{ Export = { $answers[$script:at++] }; Test = { @{ Permissions = $endless; Message = [Mute]::new() } } }
'@
        $null = New-RecordFile records 7
        $results = Get-Record records | Invoke-RecordExport -ThrottleLimit 1
        @($results | Where-Object Success).Count | Should -Be 6
        ($results | Where-Object DestinationName -EQ odd).RecordId | Should -Be 'me', '7', 'Mute'
        (Get-UploadLog | Where-Object DestinationName -EQ odd).Count | Should -Be 3
        (Test-ExportDestination odd).Success | Should -BeTrue
    }

    It 'stops a script that writes without end, in time and with a bounded memory' {
        Add-Plugin endless "@{ Export = { while (`$true) { 'x' * 1000 } } }"
        Add-Content nexus-export.yaml "  endless:`n    timeout_ms: 2000"
        $results = Get-Record records | Select-Object -First 1 | Invoke-RecordExport -WarningAction SilentlyContinue
        ($results | Where-Object DestinationName -EQ endless).ErrorCode | Should -Be 'TIMEOUT'
        ($results | Where-Object DestinationName -EQ archive).Status | Should -Be 'Exported'
        [GC]::GetTotalMemory($true) | Should -BeLessThan 500MB
    }

    It 'reports one that does not load with the reason, and the others go on' {
        Add-Plugin broken "throw 'No such module.'"
        $results = Get-Record records | Invoke-RecordExport -WarningVariable warnings -WarningAction SilentlyContinue
        @($results | Where-Object Success).Count | Should -Be 2
        "$warnings" | Should -Match 'broken\.ps1 is not available: No such module\.'
        (Get-ExportDestination broken).Fault | Should -Match 'No such module\. \(broken\.ps1, line 1\)'
    }

    It 'gives a script the results before it, on the thread of the pipeline' {
        Add-Plugin after "@{ DependsOn = 'archive'; Priority = 1; Export = { param(`$Context) @{ RecordId = `$Context.GetResult('archive').RecordId; Metadata = @{ runspace = [runspace]::DefaultRunspace.Id } } } }"
        $result = Get-Record records | Select-Object -First 1 | Invoke-RecordExport | Where-Object DestinationName -EQ after
        $result.RecordId | Should -Not -BeNullOrEmpty
        $result.Metadata['runspace'] | Should -Be ([runspace]::DefaultRunspace.Id)
    }

    It 'gives a script the document, and what it tells by short names too, each time that it is asked' {
        Add-Plugin told @'
$script:calls = 0
@{
    Export = {
        param($Context)
        if ($script:calls++ -eq 0) { throw @{ Code = 'SERVER_UNAVAILABLE'; Message = 'Once more.'; RetryAfter = 0.1 } }
        $document = $Context.Document
        @{ RecordId = 'it'; Metadata = @{
            session = $Context.Record.SessionIdentifier, $document.SessionIdentifier; instrument = $Context.Record.InstrumentPid
            file = $Context.FileName, $document.FileName; title = $Context.Metadata['title'], $document.Title
            hash = $Context.Content.ContentHash, $document.Content.ContentHash; sources = $document.Provenance.Count } }
    }
    Find   = { param($Context) $Context.FileName -eq $Context.Document.FileName -and $false }
}
'@
        Set-Content nexus-export.yaml ((Get-Content nexus-export.yaml -Raw) -replace 'max_retries: 1', 'max_retries: 2')
        $record = Get-Record records | Select-Object -First 1
        $result = $record | Invoke-RecordExport -DestinationName told
        $result.Status, $result.Attempts | Should -Be 'Exported', 2
        $told = $result.Metadata
        $told['session'] | Should -Be $record.SessionIdentifier, $record.SessionIdentifier
        $told['instrument'] | Should -Be $record.InstrumentPid
        $told['file'] | Should -Be (Split-Path -Leaf $record.Path), (Split-Path -Leaf $record.Path)
        $told['title'] | Should -Be $record.Title, $record.Title
        $told['hash'] | Should -Be $record.ContentHash, $record.ContentHash
        $told['sources'] | Should -Be 0
    }

    It 'does not run anything for -WhatIf but the file itself' {
        Add-Plugin lab "@{ Export = { Set-Content '$lab/ran' 'yes' } }"
        Get-Record records | Invoke-RecordExport -WhatIf *> $null
        'ran' | Should -Not -Exist
    }

    It 'stops a script that runs longer than timeout_ms, and calls that a failure' {
        Add-Plugin slow "@{ Export = { Start-Sleep 60 }; Test = { Start-Sleep 60 } }"
        Add-Content nexus-export.yaml "  slow:`n    timeout_ms: 500"
        $clock = [Diagnostics.Stopwatch]::StartNew()
        $result = Get-Record records | Select-Object -First 1 | Invoke-RecordExport -DestinationName slow -ErrorAction SilentlyContinue
        $test = Test-ExportDestination slow
        $clock.Elapsed.TotalSeconds | Should -BeLessThan 20
        $result.Status, $result.ErrorCode | Should -Be 'Failed', 'TIMEOUT'
        $result.ErrorMessage | Should -BeLike "*ran for longer than 0.5 s."
        $test.Success, $test.ErrorCode | Should -Be $false, 'TIMEOUT'
    }

    It 'stops within seconds when the pipeline is stopped in mid-script' {
        Add-Plugin slow "@{ Export = { Set-Content '$lab/started' 'yes'; Start-Sleep 60 } }"
        $shell = [powershell]::Create()
        $null = $shell.AddScript("Set-Location '$lab'; Import-Module '$Module'; Invoke-RecordExport records -DestinationName slow")
        $running = $shell.BeginInvoke()
        Wait-Until { Test-Path "$lab/started" }
        $clock = [Diagnostics.Stopwatch]::StartNew()
        $shell.Stop()
        $clock.Elapsed.TotalSeconds | Should -BeLessThan 10
        $shell.Dispose()
    }
}
