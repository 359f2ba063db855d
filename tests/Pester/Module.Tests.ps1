BeforeAll { . "$PSScriptRoot/Support.ps1" }

Describe 'The module' {
    It 'has a valid manifest that exports every cmdlet by name' {
        $manifest = Test-ModuleManifest $Module
        $manifest.Version | Should -Be $Version
        $manifest.ExportedCmdlets.Count | Should -Be (Get-Command -Module NexusExport).Count
        $manifest.ExportedFunctions.Count + $manifest.ExportedAliases.Count + $manifest.ExportedVariables.Count | Should -Be 0
    }

    It 'uses approved verbs only' {
        $approved = (Get-Verb).Verb
        (Get-Command -Module NexusExport).Verb | Where-Object { $_ -notin $approved } | Should -BeNullOrEmpty
    }

    It 'can be imported twice, removed and imported again' {
        $output = Invoke-Fresh @"
            Import-Module '$Module'; Import-Module '$Module' -Force
            Set-Location '$(New-Lab)'
            (Get-ExportDestination).DestinationName
            Remove-Module NexusExport
            [bool](Get-Command Get-ExportDestination -ErrorAction Ignore -Module NexusExport)
            Import-Module '$Module'
            (Get-ExportDestination).DestinationName
"@
        $output | Should -Be 'archive', 'False', 'archive'
    }

    It 'can be used in several runspaces at once' {
        $null = New-Lab
        $names = 1..4 | ForEach-Object -Parallel { Import-Module $using:Module; Set-Location $using:PWD; (Get-ExportDestination).DestinationName }
        $names | Should -Be 'archive', 'archive', 'archive', 'archive'
    }

    It 'puts nothing but its two thin dlls into the default load context' {
        $output = Invoke-Fresh @"
            `$before = [Runtime.Loader.AssemblyLoadContext]::Default.Assemblies | ForEach-Object { `$_.GetName().Name }
            Import-Module '$Module'
            Set-Location '$(New-Lab)'
            `$null = Get-Record ./records | Invoke-RecordExport -InformationAction Ignore
            `$null = Get-UploadLog
            [Runtime.Loader.AssemblyLoadContext]::Default.Assemblies | Where-Object { `$_.Location.StartsWith('$(Split-Path $Module)') } | ForEach-Object { `$_.GetName().Name } | Sort-Object
            'own: ' + (([Runtime.Loader.AssemblyLoadContext]::All | Where-Object Name -EQ NexusExport).Assemblies | ForEach-Object { `$_.GetName().Name } | Where-Object { `$_ -in 'NexusExport.Abstractions', 'NexusExport.Core', 'YamlDotNet', 'Microsoft.Data.Sqlite' } | Sort-Object)
"@
        $output | Should -Be 'NexusExport.Loader', 'NexusExport.PowerShell', 'own: Microsoft.Data.Sqlite NexusExport.Abstractions NexusExport.Core YamlDotNet'
    }

    It 'works beside another YamlDotNet that was loaded first' {
        $output = Invoke-Fresh @"
            `$builder = [Reflection.Emit.PersistedAssemblyBuilder]::new([Reflection.AssemblyName]'YamlDotNet, Version=1.0.0.0', [object].Assembly)
            `$null = `$builder.DefineDynamicModule('YamlDotNet').DefineType('YamlDotNet.Intruder', 'Public').CreateType()
            `$builder.Save('$TestDrive/YamlDotNet.dll')
            `$intruder = [Reflection.Assembly]::LoadFrom('$TestDrive/YamlDotNet.dll')
            Set-Location '$(New-Lab)'
            Import-Module '$Module'
            (Get-Record ./records | Invoke-RecordExport -InformationAction Ignore).Status -join ','
            Remove-Module NexusExport
            Import-Module '$Module'
            (Get-Record ./records | Invoke-RecordExport -InformationAction Ignore).Status -join ','
            ([AppDomain]::CurrentDomain.GetAssemblies() | Where-Object { `$_.GetName().Name -eq 'YamlDotNet' } | ForEach-Object { [Runtime.Loader.AssemblyLoadContext]::GetLoadContext(`$_).Name } | Sort-Object) -join ','
            `$null -ne `$intruder.GetType('YamlDotNet.Intruder')
"@
        $output | Should -Be 'Exported,Exported,Exported', 'AlreadyExported,AlreadyExported,AlreadyExported', 'Default,NexusExport', 'True'
    }
}

Describe 'Help' {
    BeforeDiscovery { . "$PSScriptRoot/Support.ps1"; $commands = Get-Command -Module NexusExport | ForEach-Object { @{ Name = $_.Name } } }

    It '<Name> has a synopsis, a description, two examples, outputs, links and text for every parameter' -ForEach $commands {
        $help = Get-Help $Name -Full
        $help.Synopsis | Should -Not -BeNullOrEmpty
        $help.Synopsis | Should -Not -Match "^$Name"
        $help.description.Text | Should -Not -BeNullOrEmpty
        @($help.examples.example).Count | Should -BeGreaterOrEqual 2
        $help.returnValues.returnValue.type.name | Should -Not -BeNullOrEmpty
        $help.relatedLinks.navigationLink.linkText | Should -Not -BeNullOrEmpty
        $common = [Management.Automation.Cmdlet]::CommonParameters
        $parameters = (Get-Command $Name).Parameters.Keys | Where-Object { $_ -notin $common }
        foreach ($parameter in $parameters) {
            (Get-Help $Name -Parameter $parameter).description.Text | Should -Not -BeNullOrEmpty -Because "-$parameter needs text"
        }
    }

    It 'Get-Help -Examples shows the examples of <Name>' -ForEach $commands {
        Get-Help $Name -Examples | Out-String | Should -Match 'Example 2'
    }

    It 'links of <Name> lead to something' -ForEach $commands {
        foreach ($link in (Get-Help $Name).relatedLinks.navigationLink.linkText) {
            ($link -like 'about_*' ? (Test-Path "$(Split-Path $Module)/en-US/$link.help.txt") : [bool](Get-Command $link)) | Should -BeTrue -Because $link
        }
    }

    It 'has the topic <_>' -ForEach 'about_NexusExport', 'about_NexusExport_Strategies', 'about_NexusExport_Configuration', 'about_NexusExport_Errors' {
        Get-Help $_ | Out-String | Should -Match 'LONG DESCRIPTION'
    }
}
