BeforeAll {
    . "$PSScriptRoot/Support.ps1"
    . "$PSScriptRoot/Examples.ps1"
    $blocks = (Get-MarkdownExample README.md '').Code
    $built = Get-ChildItem "$Root/src/NexusExport.Host/bin/*/net10.0/nexus-export.dll" | Sort-Object LastWriteTime | Select-Object -Last 1
    $configuration = if ($built) { $built.Directory.Parent.Name }

    # A block of the README that begins with this.
    function Get-Block([string]$Beginning) {
        $block = $blocks | Where-Object { $_.StartsWith($Beginning) } | Select-Object -First 1
        $block | Should -Not -BeNullOrEmpty
        $block
    }

    # Runs a line as it is printed, in a working folder; what it needs of the source tree is there by links.
    function Invoke-Line([string]$Line, [string]$Folder) {
        $start = [Diagnostics.ProcessStartInfo]::new('/bin/sh', [string[]]('-c', $Line))
        $start.WorkingDirectory = $Folder
        $start.RedirectStandardOutput = $start.RedirectStandardError = $true
        $start.Environment['HOME'] = $Folder
        $start.Environment['DOTNET_CLI_HOME'] = $env:DOTNET_CLI_HOME ?? $env:HOME
        $start.Environment['NUGET_PACKAGES'] = $env:NUGET_PACKAGES ? $env:NUGET_PACKAGES : "$env:HOME/.nuget/packages"
        $process = [Diagnostics.Process]::Start($start)
        $failed = $process.StandardError.ReadToEndAsync()
        $output = $process.StandardOutput.ReadToEnd()
        $null = $process.WaitForExit(120000)
        [pscustomobject]@{ ExitCode = $process.ExitCode; Output = $output; All = $output + $failed.Result }
    }
}

Describe 'The commands of the README' -Skip:($IsWindows -or -not (Get-Command dotnet -ErrorAction Ignore)) {
    BeforeEach {
        $folder = (New-Item -ItemType Directory (Join-Path $TestDrive ([guid]::NewGuid().ToString('n')))).FullName
        foreach ($entry in Get-ChildItem $Root -Force | Where-Object Name -NotIn '.git', 'out', 'exports', 'nexus-export.db', 'nexus-export.yaml') {
            $null = New-Item -ItemType SymbolicLink "$folder/$($entry.Name)" -Target $entry.FullName
        }
    }
    AfterEach {
        # The links first, so that nothing goes through them.
        Get-ChildItem $folder -Force | Where-Object LinkType | ForEach-Object { $_.Delete() }
    }

    # The build that the tests run on is used: a second one would take minutes.
    It 'export the sample records, twice, as is printed' {
        if (-not $built) { Set-ItResult -Skipped -Because 'the program is not built' }
        $line = (Get-Block 'dotnet run') -replace '^dotnet run', "dotnet run --no-build -c $configuration"
        $printed = (Get-Block 'notice: ') -split '\n'
        $here = { $args[0] -replace [regex]::Escape("$folder/"), '/home/lab/NexusExport/' }

        $first = Invoke-Line $line $folder
        $first.ExitCode | Should -Be 0 -Because $first.All
        $lines = (& $here $first.All).Trim() -split '\r?\n'
        ($lines | Sort-Object) | Should -Be ($printed | Sort-Object)

        $again = Invoke-Line $line $folder
        $again.ExitCode | Should -Be 0 -Because $again.All
        @($again.Output -split '\r?\n' -match '^AlreadyExported ').Count | Should -Be 7

        foreach ($words in 'log', 'test') {
            $run = Invoke-Line ($line -replace '-- export .*', "-- $words") $folder
            $run.ExitCode | Should -Be 0 -Because $run.All
            $run.Output | Should -Not -BeNullOrEmpty
        }
    }

    # To run all tests from a test is no use; that the command finds them is what can be seen.
    It 'find the tests, in the projects that are named' {
        $output = Invoke-Line "$(Get-Block 'dotnet test') --no-build -c $configuration --list-tests" $Root
        $output.ExitCode | Should -Be 0 -Because $output.All
        foreach ($project in [regex]::Matches((Get-Block 'Passed!'), '\S+(?=\.dll)').Value) { $output.All | Should -Match "$([regex]::Escape($project))\.dll" }
        $output.Output | Should -Match 'The following Tests are available'
    }

    It 'unpack and run the program' {
        if (-not $built) { Set-ItResult -Skipped -Because 'the program is not built' }
        if (-not (Get-Command unzip -ErrorAction Ignore)) { Set-ItResult -Skipped -Because 'unzip is not installed' }
        $block = Get-Block 'unzip'
        $zip = [regex]::Match($block, 'out/\S+\.zip').Value
        $zip | Should -BeLike "out/nexus-export-$Version*.zip"
        $null = New-Item -ItemType Directory "$folder/out"
        [IO.Compression.ZipFile]::CreateFromDirectory($built.DirectoryName, "$folder/$zip")
        $run = Invoke-Line "set -e`n$block" $folder
        $run.ExitCode | Should -Be 0 -Because $run.All
        $run.Output | Should -Match 'export'
    }

    It 'name scripts, tasks and projects that there are' {
        foreach ($line in (Get-Block 'dotnet build   ') -split '\n') {
            foreach ($path in [regex]::Matches($line, '(?:\./)?[\w.]+(?:/[\w.]+)*\.ps1|benchmarks/[\w.]+').Value) { "$Root/$path" | Should -Exist }
        }
        foreach ($task in [regex]::Matches(($blocks -join "`n"), '-Task (\w+)').ForEach({ $_.Groups[1].Value })) {
            (Get-Command "$Root/build.ps1").Parameters['Task'].Attributes.ValidValues | Should -Contain $task
        }
    }
}
