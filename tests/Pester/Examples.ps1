# What the documentation prints for a reader to run: the examples of the help, the code of the topics, README's and the guide's blocks.

<# The examples of every cmdlet's built help. #>
function Get-HelpExample {
    foreach ($command in Get-Command -Module NexusExport) {
        $number = 0
        foreach ($example in (Get-Help $command.Name -Full).examples.example) {
            @{ Source = $command.Name; Number = ++$number; Code = "$($example.code)" }
        }
    }
}

<# The code of the topics: paragraphs set in by eight columns that name a cmdlet of ours or begin with a variable. Lists have columns. #>
function Get-TopicExample {
    foreach ($file in Get-ChildItem "$(Split-Path $Module)/en-US" -Filter about_*.help.txt) {
        $number = 0
        $text = (Get-Content $file -Raw) -replace '\r' -replace '(?s)\nTHE TABLE\n.*'
        foreach ($paragraph in $text -split '\n\s*\n') {
            $lines = $paragraph -split '\n'
            if (($lines -match '^ {8}').Count -ne $lines.Count -or $lines[0] -match '^ {8}\S+ {3,}') { continue }
            if ($paragraph -notmatch '\b[A-Z][a-z]+-(Record|CdcsRecord|Export\w+|UploadLog)\b|\bInvoke-RecordExport\b|^ {8}\$') { continue }
            @{ Source = $file.Name -replace '\.help\.txt$'; Number = ++$number; Code = ($lines -replace '^ {8}') -join "`n" }
        }
    }
}

<# The blocks of a Markdown file that are of a language; '' for those that name none. Of a session at the prompt, what is typed. #>
function Get-MarkdownExample([string]$Path, [string]$Language = 'powershell') {
    $number = 0
    foreach ($block in [regex]::Matches((Get-Content "$Root/$Path" -Raw) -replace '\r', '(?ms)^```([a-z]*)\n(.*?)^```$')) {
        if ($block.Groups[1].Value -ne $Language) { continue }
        $code = $block.Groups[2].Value.Trim()
        if ($code -match '(?m)^PS> ') { $code = ($code -split '\n' -match '^PS> ' -replace '^PS> ') -join "`n" }
        @{ Source = $Path; Number = ++$number; Code = $code }
    }
}
