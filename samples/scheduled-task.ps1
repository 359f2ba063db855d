<#
.SYNOPSIS
Exports what is missing, for a scheduled task: pwsh -NoProfile -NonInteractive -File scheduled-task.ps1
.DESCRIPTION
Everything that can be exported is, whatever fails. The exit code is 0 if every record is where it belongs, 1 if a record failed, a file
was no record or the command could not run. What went wrong is on standard error, one line for each cause; the upload log has the rest.
.PARAMETER ConfigPath
The configuration file; without it the usual places are searched.
.PARAMETER ModulePath
The module's manifest, where it is not in a folder of $env:PSModulePath.
#>
[CmdletBinding()]
param([string]$ConfigPath, [string]$ModulePath = 'NexusExport')

# With Stop, Get-Record would stop at the first file that is no record, and those behind it would wait for ever.
$ErrorActionPreference = 'Continue'
Import-Module $ModulePath -ErrorAction Stop

$configuration = @{}
if ($ConfigPath) { $configuration.ConfigPath = $ConfigPath }
Get-Record @configuration | Invoke-RecordExport @configuration -Strategy All
exit [int](-not $?)
