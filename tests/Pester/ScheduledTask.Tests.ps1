BeforeAll {
    . "$PSScriptRoot/Support.ps1"
    . "$PSScriptRoot/Examples.ps1"

    # The lines that README, help and topic print.
    $printed = @(Get-HelpExample) + @(Get-TopicExample) + @(Get-MarkdownExample README.md) | Where-Object Code -Match '(?m)^exit '
    $lines = $printed[0].Code
}

Describe 'A scheduled task' {
    It 'is told in the same words by README, help and topic, and the sample' {
        $printed.Source | Should -Be 'Invoke-RecordExport', 'about_NexusExport', 'README.md'
        foreach ($example in $printed) { $example.Code -replace '\r' | Should -Be "Get-Record | Invoke-RecordExport -Strategy All`nexit [int](-not `$?)" -Because $example.Source }
        (Get-Content "$Root/samples/scheduled-task.ps1" -Raw) -replace ' @configuration' -replace '\r' | Should -Match ([regex]::Escape($lines -replace '\r'))
    }
}

Describe 'A scheduled task that is run' {
    BeforeEach {
        $lab = New-Lab -Records 4
        Add-Content nexus-export.yaml "records:`n  path: records`n"

        # Runs a script file as a task does, and gives its exit code.
        function Invoke-Task([string[]]$Arguments) {
            $output = & (Join-Path $PSHOME 'pwsh') -NoProfile -NonInteractive @Arguments 2>&1
            [pscustomobject]@{ ExitCode = $LASTEXITCODE; Output = "$($output | Out-String)" }
        }

        Set-Content task.ps1 "Import-Module '$Module'`nSet-Location '$lab'`n$lines"
    }
    AfterEach { Set-Location $Root }

    It 'ends with 0 where everything is exported' {
        $run = Invoke-Task '-File', "$lab/task.ps1"
        $run.ExitCode | Should -Be 0
        $run.Output | Should -Match '4 records: 4 exported'
        (Invoke-Task '-File', "$Root/samples/scheduled-task.ps1", '-ModulePath', $Module, '-ConfigPath', "$lab/nexus-export.yaml").ExitCode | Should -Be 0
    }

    It 'exports what it can and ends with 1 where <Kind>' -ForEach @(
        @{ Kind = 'the first file is no record'; Break = { Set-Content ./records/0.xml '<oops' } }
        @{ Kind = 'the first record is not well-formed'; Break = {
            $first = (Get-ChildItem ./records)[0].FullName
            [IO.File]::WriteAllText($first, ([IO.File]::ReadAllText($first) -replace '</Experiment>', '<oops>'))
            Copy-Item ./records/*_101.xml './records/2025-03-09_FEI-Titan-TEM_900.xml' } }
        @{ Kind = 'a destination fails'; Break = {
            Set-Content ./file 'in the way'
            Add-Content nexus-export.yaml ''
            (Get-Content nexus-export.yaml) -replace '^records:', "  broken: { type: local, base_path: file/x }`nrecords:" | Set-Content nexus-export.yaml } }
    ) {
        & $Break
        $run = Invoke-Task '-File', "$lab/task.ps1"
        $run.ExitCode | Should -Be 1 -Because $run.Output
        (Get-ChildItem ./archive -Recurse -File).Count | Should -Be 4
        (Invoke-Task '-Command', "Import-Module '$Module'; Set-Location '$lab'; Get-Record | Invoke-RecordExport -Strategy All").ExitCode | Should -Be 1
        (Invoke-Task '-File', "$Root/samples/scheduled-task.ps1", '-ModulePath', $Module, '-ConfigPath', "$lab/nexus-export.yaml").ExitCode | Should -Be 1
    }

    It 'ends with 1 where <Kind>' -ForEach @(
        @{ Kind = 'the records folder is missing'; Break = { Remove-Item ./records -Recurse } }
        @{ Kind = 'the configuration is wrong'; Break = { Set-Content nexus-export.yaml 'destinations: [' } }
        @{ Kind = 'no destination is enabled'; Break = { (Get-Content nexus-export.yaml) -replace '    type: local', "    type: local`n    enabled: false" | Set-Content nexus-export.yaml } }
        @{ Kind = 'the database is none'; Break = { Set-Content log.db ('x' * 5000) } }
    ) {
        & $Break
        $run = Invoke-Task '-File', "$lab/task.ps1"
        $run.ExitCode | Should -Be 1 -Because $run.Output
        (Invoke-Task '-File', "$Root/samples/scheduled-task.ps1", '-ModulePath', $Module, '-ConfigPath', "$lab/nexus-export.yaml").ExitCode | Should -Be 1
    }
}
