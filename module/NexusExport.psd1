@{
    # RootModule holds the cmdlets; the nested loader runs first and brings NexusExport.Core from lib/ when it is asked for.
    RootModule = 'NexusExport.PowerShell.dll'
    NestedModules = @('NexusExport.Loader.dll')

    # The build writes the version of Directory.Build.props here.
    ModuleVersion = '0.0.0'
    GUID = '5d0c9a53-6a0f-4b3e-9c55-0f4f1f0c1f6e'
    Author = 'The NexusExport authors'
    CompanyName = 'NexusExport'
    Copyright = 'Copyright (c) The NexusExport authors. MIT licence.'
    Description = 'Exports lab records to repositories, and keeps a log that says what went where.'
    PowerShellVersion = '7.6'
    CompatiblePSEditions = @('Core')
    FormatsToProcess = @('NexusExport.Format.ps1xml')

    FunctionsToExport = @()
    CmdletsToExport = @(
        'Find-CdcsRecord'
        'Get-ExportConfiguration'
        'Get-ExportDestination'
        'Get-Record'
        'Get-UploadLog'
        'Initialize-ExportDestination'
        'Invoke-RecordExport'
        'New-ExportConfiguration'
        'Register-ExportDestination'
        'Remove-CdcsRecord'
        'Save-CdcsRecord'
        'Set-ExportDestination'
        'Test-ExportDestination'
        'Unregister-ExportDestination'
        'Update-ExportDatabase'
    )
    VariablesToExport = @()
    AliasesToExport = @()

    PrivateData = @{
        PSData = @{
            Tags = @('NexusLIMS', 'CDCS', 'eLabFTW', 'LabArchives', 'microscopy', 'research-data', 'export', 'PSEdition_Core', 'Windows', 'Linux', 'MacOS')
            ReleaseNotes = 'First release. CHANGELOG.md of the source tells what it can do.'
            LicenseUri = 'https://opensource.org/licenses/MIT'
        }
    }
}
