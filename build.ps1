<#
.SYNOPSIS
Builds, tests and packages NexusExport; every task is a thin wrapper over dotnet.

.DESCRIPTION
Build    dotnet build: makes the staged module out/NexusExport/<version>/ as well.
Test     dotnet test, then Pester against the staged module.
Package  zips the staged module, publishes the nexus-export program and zips it: out/*.zip.
Clean    removes what the other tasks made.
Demo     exports the sample records twice in out/demo and shows the log.

.EXAMPLE
./build.ps1

.EXAMPLE
./build.ps1 -Task Test, Package -Configuration Release
#>
#Requires -Version 7.4
[CmdletBinding()]
param(
    [ValidateSet('Build', 'Test', 'Package', 'Clean', 'Demo')]
    [string[]] $Task = 'Build',

    [ValidateSet('Debug', 'Release')]
    [string] $Configuration = 'Release'
)

$ErrorActionPreference = 'Stop'
$PSNativeCommandUseErrorActionPreference = $true
$out = Join-Path $PSScriptRoot out

function Invoke-Build {
    dotnet build $PSScriptRoot --configuration $Configuration
}

function Invoke-Test {
    dotnet test $PSScriptRoot --configuration $Configuration
    pwsh -NoProfile -NonInteractive -File (Join-Path $PSScriptRoot tests/Pester/run.ps1)
}

function Invoke-Package {
    Invoke-Build
    $version = dotnet msbuild (Join-Path $PSScriptRoot src/NexusExport.Core) -getProperty:Version
    $program = Join-Path $out nexus-export
    dotnet publish (Join-Path $PSScriptRoot src/NexusExport.Host) --configuration $Configuration --output $program
    New-Zip (Join-Path $out NexusExport/$version) (Join-Path $out "NexusExport-$version.zip") -IncludeFolder
    New-Zip $program (Join-Path $out "nexus-export-$version.zip")
    Get-ChildItem $out -Filter *.zip
}

function New-Zip([string] $Folder, [string] $Path, [switch] $IncludeFolder) {
    Remove-Item $Path -ErrorAction Ignore
    [IO.Compression.ZipFile]::CreateFromDirectory($Folder, $Path, 'Optimal', $IncludeFolder)
}

function Invoke-Clean {
    dotnet clean $PSScriptRoot --configuration $Configuration
    Remove-Item $out -Recurse -Force -ErrorAction Ignore
}

function Invoke-Demo {
    $demo = New-Item -ItemType Directory -Force (Join-Path $out demo)
    $hostProject = Join-Path $PSScriptRoot src/NexusExport.Host
    dotnet build $hostProject --configuration $Configuration
    Push-Location $demo
    try {
        foreach ($arguments in @('export', (Join-Path $PSScriptRoot samples/records)), @('export', (Join-Path $PSScriptRoot samples/records)), @('log')) {
            Write-Host "> nexus-export $arguments" -ForegroundColor Cyan
            dotnet run --project $hostProject --configuration $Configuration --no-build -- @arguments
        }
    }
    finally {
        Pop-Location
    }
}

$Task | ForEach-Object { & "Invoke-$_" }
