BeforeDiscovery {
    . "$PSScriptRoot/Support.ps1"
    $examples = foreach ($command in Get-Command -Module NexusExport) {
        $number = 0
        foreach ($example in (Get-Help $command.Name -Full).examples.example) {
            @{ Name = $command.Name; Number = ++$number; Code = "$($example.code)" }
        }
    }
}

BeforeAll { . "$PSScriptRoot/Support.ps1" }

Describe 'The examples of the help' {
    It '<Name>, example <Number>, is made of commands and parameters that there are' -ForEach $examples {
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

    It '<Name>, example <Number>, runs as it is printed' -ForEach ($examples | Where-Object Name -In 'Get-Record', 'Get-UploadLog', 'Get-ExportDestination', 'Get-ExportConfiguration', 'New-ExportConfiguration', 'Update-ExportDatabase') {
        $null = New-Lab -Records 2 -Destinations "  archive:`n    type: local`n    base_path: archive`n  cdcs:`n    type: local`n    base_path: elsewhere`n"
        try {
            Add-Content nexus-export.yaml "records:`n  path: records`n"
            if ($Name -eq 'New-ExportConfiguration') { Remove-Item nexus-export.yaml }
            $Code = $Code.Replace('~/', "$($PWD.Path)/")
            $null = New-Item -ItemType Directory lab
            Set-Content chosen.csv 'Path', 'records'
            $null = & ([scriptblock]::Create("`$ErrorActionPreference = 'Stop'`n$Code")) 3>$null 6>$null
        }
        finally { Set-Location $Root }
    }
}
