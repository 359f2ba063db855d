BeforeDiscovery {
    . "$PSScriptRoot/Support.ps1"
    . "$PSScriptRoot/Examples.ps1"
    $help = @(Get-HelpExample)
    $topics = @(Get-TopicExample)
    $guides = @(Get-MarkdownExample README.md) + @(Get-MarkdownExample docs/writing-destinations.md)
    $sql = [bool](Get-Command mariadbd, mysqld -ErrorAction Ignore)

    # What needs what the machine may lack, or has a test of its own.
    $elsewhere = @{
        'docs/writing-destinations.md' = 'dotnet build LabPlugin|throw @{'   # PluginRecipe.Tests.ps1; a line of a plugin
    }
    $examples = foreach ($example in $help + $topics + $guides) {
        if ($elsewhere[$example.Source] -and $example.Code -match $elsewhere[$example.Source]) { continue }
        $example.Skip = $example.Code -match '\btidb -PassThru' -and -not $sql
        $example
    }
}

BeforeAll {
    . "$PSScriptRoot/Support.ps1"
    . "$PSScriptRoot/Examples.ps1"
}

Describe 'What is printed for a reader to run' {
    BeforeAll {
        $home_ = (Get-PSProvider FileSystem).Home
        $modules = $env:PSModulePath

        # MariaDB with an account that may make tables; started by the example that asks for it.
        function Start-Database {
            $script:databaseFolder = Join-Path ([IO.Path]::GetTempPath()) "nexus-export-$([guid]::NewGuid().ToString('n'))"
            $null = New-Item -ItemType Directory $databaseFolder
            $root = (id -u) -eq '0'
            $lower = $root ? @('setpriv', '--reuid', 'mysql', '--regid', 'mysql', '--clear-groups') : @('env')
            if ($root) { chown mysql $databaseFolder }
            $install = $lower + @('mariadb-install-db', '--no-defaults', "--datadir=$databaseFolder/data", '--auth-root-authentication-method=normal', '--skip-test-db')
            $null = & $install[0] $install[1..99] 2>&1
            Set-Content "$databaseFolder/init.sql" "CREATE DATABASE lab;`nCREATE USER 'ada'@'127.0.0.1' IDENTIFIED BY 'not-a-secret';`nGRANT ALL ON lab.* TO 'ada'@'127.0.0.1';"
            $listener = New-SilentServer
            $script:databasePort = $listener.LocalEndpoint.Port
            $listener.Stop()
            $program = (Get-Command mariadbd, mysqld -ErrorAction Ignore)[0].Source
            $run = $lower + @($program, '--no-defaults', "--datadir=$databaseFolder/data", "--socket=$databaseFolder/socket", "--pid-file=$databaseFolder/pid",
                "--init-file=$databaseFolder/init.sql", '--bind-address=127.0.0.1', "--port=$databasePort", '--skip-name-resolve')
            $start = [Diagnostics.ProcessStartInfo]::new($run[0], [string[]]$run[1..99])
            $start.RedirectStandardError = $start.RedirectStandardOutput = $true
            $script:database = [Diagnostics.Process]::Start($start)
            $null = $database.StandardOutput.ReadToEndAsync()
            $null = $database.StandardError.ReadToEndAsync()
            Wait-Until -Seconds 60 { try { [Net.Sockets.TcpClient]::new('127.0.0.1', $databasePort).Dispose(); $true } catch { [Threading.Thread]::Sleep(50) } }
        }

        # What an example takes for granted: records, a configuration that has the destinations which examples name, and what they say of them.
        function New-Desk([hashtable]$Example) {
            $null = New-Lab -Records 3
            $first = (Get-ChildItem records)[0].FullName
            [IO.File]::WriteAllText($first, [IO.File]::ReadAllText($first).Replace('Record 0', 'Membrane of silicon'))
            if (-not $cdcs -or $Example.Code -match '\b4711\b') {
                # Nobody has removed its first record, 4711, yet.
                Stop-Fake $cdcs
                $script:cdcs = Start-Fake cdcs '--first-id', '4711'
            }
            if ($Example.Code -match '\btidb -PassThru' -and -not $database) { Start-Database }
            $sql = "  tidb: { type: mysql, host: 127.0.0.1, port: $($databasePort ?? 4000), database: lab, user: ada, password: env:NEXUSEXPORT_TEST_TOKEN, tls: off }`n"
            $env:CDCS_TOKEN = $cdcs.token
            $destinations = "  archive: { type: local, base_path: archive }`n  cdcs: { type: cdcs, url: '$($cdcs.url)', token: env:CDCS_TOKEN }`n"
            if ($Example.Code -match '\btidb\b') { $destinations += $sql }
            Set-Content nexus-export.yaml "database: { path: log.db }`nrecords: { path: records }`ndestinations:`n$destinations"
            Set-Content chosen.csv 'Path', 'records'
            $result = Get-Record | Invoke-RecordExport -InformationAction Ignore | Select-Object -First 1

            # Registered destinations have names that no file has.
            if ($Example.Source -match '^(Register|Set|Unregister)-' -or $Example.Code -match '^Register-') {
                Set-Content nexus-export.yaml 'database: { path: log.db }'
                if ($Example.Code -match '^(Set|Unregister)-ExportDestination (\w+)') {
                    $settings = @{ archive = @{ base_path = 'archive' }; cdcs = @{ url = $cdcs.url; token = 'env:CDCS_TOKEN'; workspace = 'Titan group' } }
                    Register-ExportDestination $Matches[2] ($Matches[2] -eq 'cdcs' ? 'cdcs' : 'local') -Setting $settings[$Matches[2]] 3>$null
                }
                if ($Example.Code -match 'project-') { Register-ExportDestination project-x local -Setting @{ base_path = 'x' } 3>$null }
            }
            if ($Example.Code -match 'New-ExportConfiguration') { Remove-Item nexus-export.yaml }

            # What a guide that is read in the source tree finds there, and the package that its commands make.
            if ($Example.Source -match '\.md$') {
                Copy-Item "$Root/samples" . -Recurse
                $null = New-Item -ItemType Directory out, modules, plugins
                Copy-Item "$Root/out/NexusExport" out -Recurse
                if ($Example.Code -match 'Expand-Archive') {
                    [IO.Compression.ZipFile]::CreateFromDirectory((Split-Path $Module), "$PWD/out/NexusExport-$Version.zip", 'Fastest', $true)
                }
            }
            $result
        }
    }
    AfterEach {
        (Get-PSProvider FileSystem).Home = $home_
        $env:PSModulePath = $modules
        Remove-Item env:CDCS_TOKEN -ErrorAction Ignore
        Set-Location $Root
    }
    AfterAll {
        Stop-Fake $cdcs
        if ($database) { $database.Kill($true); $null = $database.WaitForExit(10000); Remove-Item $databaseFolder -Recurse -Force }
    }

    It '<Source>, <Number>, is made of commands and parameters that there are' -ForEach $examples {
        $errors = $null
        $ast = [Management.Automation.Language.Parser]::ParseInput($Code, [ref]$null, [ref]$errors)
        $errors | Should -BeNullOrEmpty
        $commands = $ast.FindAll({ $args[0] -is [Management.Automation.Language.CommandAst] }, $true)
        foreach ($call in $commands) {
            Get-Command $call.GetCommandName() -ErrorAction Ignore | Should -Not -BeNullOrEmpty -Because $call
            $binding = [Management.Automation.Language.StaticParameterBinder]::BindCommand($call)
            $binding.BindingExceptions.Values.BindingException.Message | Should -BeNullOrEmpty -Because $call
        }
    }

    # As it is printed, without a single change. What it would ask is answered with yes, and ~ is the working folder.
    It '<Source>, <Number>, runs: <Code>' -ForEach $examples {
        if ($Skip) { Set-ItResult -Skipped -Because 'mariadbd is not installed' }
        $result = New-Desk $_
        if ($Code -match '(?m)^exit |Import-Module') {
            # In a PowerShell of its own: it would end this one, or leave it with a module that goes with the folder.
            $env:PSModulePath = "$PWD/modules$([IO.Path]::PathSeparator)$modules"
            $import = $Code -match 'Import-Module' ? '' : "Import-Module '$Module'`n"
            Set-Content task.ps1 "$import$Code"
            $output = & (Join-Path $PSHOME pwsh) -NoProfile -NonInteractive -File task.ps1 2>&1
            $LASTEXITCODE | Should -Be 0 -Because "$output"
            $output | Where-Object { $_ -is [Management.Automation.ErrorRecord] } | Should -BeNullOrEmpty
        }
        else {
            (Get-PSProvider FileSystem).Home = $PWD.Path
            $shown = & {
                $ErrorActionPreference = 'Stop'
                $ConfirmPreference = 'None'
                & ([scriptblock]::Create($Code)) 3>&1 6>$null
            }
            $warnings = @($shown | Where-Object { $_ -is [Management.Automation.WarningRecord] })
            if ($Source -notmatch '^Register-|about_NexusExport_Configuration') { $warnings | Should -BeNullOrEmpty }
        }
    }

    It 'is all of it: no cmdlet is without examples, and the code of topics and guides is found' {
        $names = (Get-HelpExample).Source | Sort-Object -Unique
        (Get-Command -Module NexusExport).Name | Where-Object { $_ -notin $names } | Should -BeNullOrEmpty
        $code = (Get-TopicExample).Code
        foreach ($line in 'Get-Record ./records | Invoke-RecordExport', 'New-ExportConfiguration', 'Import-Csv', 'exit ', 'pstypenames', 'Register-ExportDestination archive', 'try {') {
            $code -match [regex]::Escape($line) | Should -Not -BeNullOrEmpty -Because $line
        }
        @(Get-MarkdownExample README.md).Count | Should -BeGreaterOrEqual 3
    }
}
