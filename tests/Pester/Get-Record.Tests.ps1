BeforeAll { . "$PSScriptRoot/Support.ps1" }

Describe 'Get-Record' {
    BeforeEach { $lab = New-Lab -Records 3 }
    AfterEach { Set-Location $Root }

    It 'gives a record for each file, with what the file tells' {
        $records = Get-Record ./records
        $records.Count | Should -Be 3
        $records[0].pstypenames[0] | Should -Be 'NexusExport.LabRecord'
        $records[0].InstrumentPid | Should -Be 'FEI-Titan-TEM'
        $records[0].User | Should -Match 'Ned Land'
        $records[0].Path | Should -BeLike "$lab*"
    }

    It 'expands wildcards, and gives nothing for one without a match' {
        (Get-Record ./records/*_101.xml).Count | Should -Be 1
        Get-Record ./records/nothing* -ErrorAction Stop | Should -BeNullOrEmpty
    }

    It 'writes a non-terminating error for a path that is missing, and goes on' {
        $records = Get-Record ./records/*_100.xml, ./missing.xml, ./records/*_102.xml -ErrorVariable errors -ErrorAction SilentlyContinue
        $records.Count | Should -Be 2
        $errors.Count | Should -Be 1
        $errors[0].FullyQualifiedErrorId | Should -BeLike 'RecordNotFound,*'
        $errors[0].CategoryInfo.Category | Should -Be 'ObjectNotFound'
        $errors[0].TargetObject | Should -Be './missing.xml'
        $errors[0].ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
    }

    It 'names the file that is no record, and goes on' {
        Set-Content ./records/a-note.xml '<note/>'
        $records = Get-Record ./records -ErrorVariable errors -ErrorAction SilentlyContinue
        $records.Count | Should -Be 3
        $errors.Count | Should -Be 1
        "$($errors[0])" | Should -Match 'a-note\.xml'
        $errors[0].TargetObject | Should -BeLike '*a-note.xml'
    }

    It 'takes -LiteralPath as it is written' {
        $odd = Rename-Item (Get-ChildItem ./records)[0] '2025-03-01_FEI-Titan-TEM_[1].xml' -PassThru
        (Get-Record -LiteralPath $odd.FullName).Path | Should -Be $odd.FullName
        $null = Get-Record -LiteralPath ./records/*.xml -ErrorVariable errors -ErrorAction SilentlyContinue
        $errors[0].FullyQualifiedErrorId | Should -BeLike 'RecordNotFound,*'
    }

    It 'takes files and records from the pipeline' {
        (Get-ChildItem ./records | Get-Record).Count | Should -Be 3
        (Get-Record ./records | Get-Record).Count | Should -Be 3
    }

    It 'filters' {
        $null = New-RecordFile ./records 20 'JEOL-3010' 'Conseil (con)'
        (Get-Record ./records -Instrument JEOL*).Count | Should -Be 1
        (Get-Record ./records -User *ned*).Count | Should -Be 3
        (Get-Record ./records -SessionIdentifier 10[01]).Count | Should -Be 2
        (Get-Record ./records -Since 2025-03-10).Count | Should -Be 1
        (Get-Record ./records -Before 2025-03-10).Count | Should -Be 3
    }

    It 'leaves out what a destination has already' {
        $null = Invoke-RecordExport ./records/*_100.xml
        (Get-Record ./records -NotExportedTo archive).SessionIdentifier | Should -Be '101', '102'
    }

    It 'starts from the location, not from the working directory of the process' {
        $process = [Environment]::CurrentDirectory
        $process | Should -Not -Be $lab
        (Get-Record records).Count | Should -Be 3
    }

    It 'does not hang when the pipeline ends early' {
        3..400 | ForEach-Object { Copy-Item (Get-ChildItem ./records)[0] "./records/2025-03-01_FEI-Titan-TEM_copy$_.xml" }
        (Get-Record ./records | Select-Object -First 1).Count | Should -Be 1
    }

    It 'refuses paths outside of the file system' {
        $null = Get-Record env: -ErrorVariable errors -ErrorAction SilentlyContinue
        "$($errors[0])" | Should -Match 'file system'
    }

    It 'is shown as a table' {
        $text = Get-Record ./records | Out-String -Width 160
        $text | Should -Match 'From\s+Size\s+Record\s+User\s+Instrument'
        $text | Should -Match '\d+ B'
    }
}
