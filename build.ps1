<#
.SYNOPSIS
Builds, tests and packages NexusExport; every task is a thin wrapper over dotnet.

.DESCRIPTION
Build    dotnet build: makes the staged module out/NexusExport/<version>/ as well.
Test     dotnet test, then Pester against the staged module.
Package  zips the staged module and the nexus-export program: out/*.zip. Both are compiled ahead for the platforms below, so that the
         first record does not wait for a compiler; where a package feed lacks what that needs, it is left out with a warning. The
         zips without a platform's name run everywhere; out/nexus-export is the program for this machine.
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

# What is compiled ahead in a package.
$platforms = 'win-x64', 'linux-x64', 'osx-arm64'

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
    $module = Join-Path $out NexusExport/$version
    $program = Join-Path $out nexus-export
    Get-ChildItem $out -Filter *.zip | Remove-Item
    Remove-Item $program -Recurse -Force -ErrorAction Ignore
    dotnet publish (Join-Path $PSScriptRoot src/NexusExport.Host) --configuration $Configuration --output $program
    New-Zip $program (Join-Path $out "nexus-export-$version.zip")
    foreach ($platform in $platforms) {
        $ahead = Join-Path $out ahead/$platform
        if (-not (Publish-Ahead NexusExport.Host $platform $ahead/nexus-export) -or -not (Publish-Ahead NexusExport.Core $platform $ahead/lib)) {
            Write-Warning "$platform is left out: what is needed to compile for it did not restore. Programs run without it, and start more slowly."
            continue
        }

        New-Zip $ahead/nexus-export (Join-Path $out "nexus-export-$version-$platform.zip")
        # The loader looks here first; native libraries and deps.json are those of lib itself.
        $folder = New-Item -ItemType Directory -Force (Join-Path $module lib/$platform)
        Copy-Item $ahead/lib/*.dll $folder
        if ($platform -eq [Runtime.InteropServices.RuntimeInformation]::RuntimeIdentifier) {
            Remove-Item $program -Recurse
            Copy-Item $ahead/nexus-export $program -Recurse
        }
    }

    New-Zip $module (Join-Path $out "NexusExport-$version.zip") -IncludeFolder
    Remove-Item (Join-Path $out ahead) -Recurse -Force
    Get-ChildItem $out -Filter *.zip
}

# Publishes a project compiled for a platform; false where that cannot be had.
function Publish-Ahead([string] $Project, [string] $Platform, [string] $Folder) {
    $PSNativeCommandUseErrorActionPreference = $false
    dotnet publish (Join-Path $PSScriptRoot src/$Project) --configuration $Configuration --runtime $Platform --output $Folder | Out-Host
    $LASTEXITCODE -eq 0
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
