BeforeAll {
    . "$PSScriptRoot/Support.ps1"
}

Describe 'The recipe for a plugin outside the source tree' {
    AfterEach { Set-Location $Root }

    It 'builds one against the staged module alone, and exports with it' {
        if (-not (Get-Command dotnet -ErrorAction Ignore)) { Set-ItResult -Skipped -Because 'there is no dotnet to build with' }
        $lab = New-Lab -Records 2 -Destinations "  packed:`n    type: gzip`n    folder: packed`n"
        $guide = Get-Content "$Root/docs/writing-destinations.md" -Raw
        $project = [regex]::Match($guide, '(?s)```xml\r?\n(<Project .*?</Project>)').Groups[1].Value
        $project | Should -Match 'NexusExportLib'
        $null = New-Item -ItemType Directory LabPlugin, plugins
        Set-Content LabPlugin/LabPlugin.csproj $project
        Copy-Item "$Root/samples/plugins/GzipArchive/*.cs" LabPlugin
        $lib = Join-Path (Split-Path $Module) lib
        $built = dotnet build LabPlugin -c Release "-p:NexusExportLib=$lib" 2>&1
        $LASTEXITCODE | Should -Be 0 -Because ($built -join "`n")
        Copy-Item LabPlugin/bin/Release/net10.0/LabPlugin.dll plugins
        (Get-ExportDestination packed).Type | Should -Be 'gzip'
        (Test-ExportDestination packed).Success | Should -BeTrue
        (Get-Record records | Invoke-RecordExport).Status | Should -Be 'Exported', 'Exported'
        (Get-ChildItem packed).Count | Should -Be 2
        Get-ChildItem LabPlugin/bin/Release/net10.0/NexusExport* | Should -BeNullOrEmpty
    }
}
