<#
.SYNOPSIS
Runs every Pester test against the staged module and prints one line with the counts. Exit code 1 if a test failed.
.PARAMETER Path
Test files; all of this folder by default.
.PARAMETER Output
Pester's verbosity: None, Normal or Detailed.
#>
[CmdletBinding()]
param([string[]]$Path = $PSScriptRoot, [string]$Output = 'Normal')

$ErrorActionPreference = 'Stop'
if (-not (Get-Module Pester -ListAvailable | Where-Object Version -GE 5.5)) {
    'SKIPPED: Pester (the module Pester 5.5 or later is not installed)'
    '0 passed, 0 failed, 1 skipped'
    exit 0
}

Import-Module Pester -MinimumVersion 5.5
$configuration = New-PesterConfiguration
$configuration.Run.Path = $Path
$configuration.Run.PassThru = $true
$configuration.Output.Verbosity = $Output
$result = Invoke-Pester -Configuration $configuration
if (-not $result) { throw 'Pester gave no result.' }
$failed = $result.FailedCount + $result.FailedContainersCount + $result.FailedBlocksCount
"$($result.PassedCount) passed, $failed failed, $($result.SkippedCount) skipped"
exit [int]($failed -gt 0)
