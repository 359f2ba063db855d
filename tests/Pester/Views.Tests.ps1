BeforeAll { . "$PSScriptRoot/Support.ps1" }

Describe 'What is shown' {
    BeforeAll {
        $null = New-Lab -Records 2 -Destinations "  archive:`n    type: local`n    base_path: archive`n  broken:`n    type: local`n    base_path: file/where nothing can be made because a file with this name is in the way`n"
        Set-Content ./file 'in the way'
        Rename-Item (Get-ChildItem ./records)[0] '2025-03-01_A-microscope-with-quite-a-long-name-of-its-own-TEM_100.xml'
        $results = Get-Record ./records | Invoke-RecordExport -WarningAction SilentlyContinue 6>$null
    }
    AfterAll { Set-Location $Root }

    It 'uses the width that there is: nothing is cut at <_> columns' -ForEach 80, 120, 200 {
        $width = $_
        foreach ($objects in @(Get-Record ./records), $results, @(Get-UploadLog), @(Get-ExportDestination), @(Test-ExportDestination), @(Get-ExportConfiguration)) {
            $text = $objects | Out-String -Width $width
            $text | Should -Not -Match '…'
            ($text -split '\r?\n' | Measure-Object Length -Maximum).Maximum | Should -BeLessOrEqual $width
        }
        if ($width -ge 200) {
            Get-Record ./records | Out-String -Width $width | Should -Match '2025-03-01_A-microscope-with-quite-a-long-name-of-its-own-TEM_100\.xml'
        }
    }

    It 'gives the reason whole' {
        $failed = $results | Where-Object Status -EQ Failed | Select-Object -First 1
        ($failed | Out-String -Width 100) -replace '\s' | Should -Match ([regex]::Escape(("$($failed.ErrorCode): $($failed.ErrorMessage)" -replace '\s').Substring(60)))
    }

    It 'has no names of types in CSV' {
        $everything = @(Get-Record ./records), $results, @(Get-UploadLog), @(Get-ExportDestination), @(Test-ExportDestination), @(Get-ExportConfiguration)
        foreach ($objects in $everything) { "$($objects | ConvertTo-Csv)" | Should -Not -Match 'System\.|NexusExport\.|`\d' }
    }

    It 'tells the code of a failure in the log' {
        (Get-UploadLog -Failed)[0].ErrorCode | Should -Be 'STORAGE_FAILED'
        (Get-UploadLog | Where-Object Success)[0].ErrorCode | Should -BeNullOrEmpty
    }

    It 'is a file as from Get-ChildItem' {
        $file = New-ExportConfiguration ./new.yaml
        $file.pstypenames[0] | Should -Be 'System.IO.FileInfo'
        $file.PSPath | Should -Be (Get-Item ./new.yaml).PSPath
        $file | Out-String -Width 120 | Should -Match 'Directory: .*new\.yaml'.Replace('.*new', '[\s\S]*new')
    }
}
