# A destination in a script: copies each record into a folder from where another program collects it.
# LAB_STAGING names the folder; without it, the folder "staging" beside this file is used.
$folder = $env:LAB_STAGING ? $env:LAB_STAGING : (Join-Path $PSScriptRoot staging)

function Get-TargetPath($Context) {
    $name = $Context.FileName.Split([IO.Path]::GetInvalidFileNameChars()) -join '_'
    Join-Path $folder $name
}

function Test-SameContent([string]$Path, $Context) {
    (Test-Path -LiteralPath $Path) -and (Get-FileHash -LiteralPath $Path -Algorithm SHA256).Hash -eq $Context.Content.ContentHash
}

@{
    Name     = 'staging'
    Priority = 30

    # Publishes the record and tells where it is. Any error that is not handled is the reason why it failed.
    Export   = {
        param($Context)
        $null = New-Item -ItemType Directory -Path $folder -Force
        $path = Get-TargetPath $Context
        if ((Test-Path -LiteralPath $path) -and -not (Test-SameContent $path $Context)) {
            throw @{ Code = 'REQUEST_REJECTED'; Message = "$path is there already, with other content."; Recoverable = $false }
        }
        [IO.File]::WriteAllBytes($path, $Context.Content.Bytes.ToArray())
        @{
            RecordId  = [IO.Path]::GetFileName($path)
            RecordUrl = [uri]::new($path, 'Absolute').AbsoluteUri
            Metadata  = @{ included_cdcs_link = $Context.HasSuccessfulExport('cdcs') }
        }
    }

    # Says whether the folder can be used; a text is shown as the test's message.
    Test     = {
        if (Test-Path -LiteralPath $folder -PathType Container) { "$folder is there." } else { "$folder will be made." }
    }

    # Is this very content there already? Asked before a second attempt.
    Find     = {
        param($Context)
        $path = Get-TargetPath $Context
        if (Test-SameContent $path $Context) { @{ RecordId = [IO.Path]::GetFileName($path); RecordUrl = [uri]::new($path, 'Absolute').AbsoluteUri } }
    }

    # Takes an export back. What is gone already counts as taken back.
    Undo     = {
        param($Receipt)
        Remove-Item -LiteralPath (Join-Path $folder $Receipt.RecordId) -ErrorAction Ignore
    }
}
