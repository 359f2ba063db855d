BeforeAll { . "$PSScriptRoot/Support.ps1" }

Describe 'Records on their way to CDCS and to a local archive' {
    BeforeAll {
        $program = Get-ChildItem "$Root/tests/NexusExport.Fakes/bin" -Recurse -Filter NexusExport.Fakes.dll | Sort-Object LastWriteTime | Select-Object -Last 1
        $start = [Diagnostics.ProcessStartInfo]::new('dotnet', [string[]]($program.FullName, 'cdcs'))
        $start.RedirectStandardInput = $start.RedirectStandardOutput = $true
        $process = [Diagnostics.Process]::Start($start)
        $fake = $process.StandardOutput.ReadLine() | ConvertFrom-Json
        $env:NEXUSEXPORT_TEST_TOKEN = $fake.token
        $lab = New-Lab -Records 5 -Destinations "  archive:`n    type: local`n    base_path: archive`n  cdcs:`n    type: cdcs`n    url: $($fake.url)`n    token: env:NEXUSEXPORT_TEST_TOKEN`n"
        $example = "$Root/../shared/fixtures/records/example_record.xml"
        if (Test-Path $example) { Copy-Item $example ./records/2018-11-13_FEI-Titan-TEM_204.xml }
    }
    AfterAll {
        $process.StandardInput.Close()
        if (-not $process.WaitForExit(5000)) { $process.Kill() }
        Set-Location $Root
    }

    It 'previews without a single request' {
        Get-Record ./records | Invoke-RecordExport -WhatIf | Should -BeNullOrEmpty
        (Invoke-RestMethod "$($fake.url)/_fake/stats").connections | Should -BeLessOrEqual 1 -Because 'this question is itself the one'
        Test-Path ./archive | Should -BeFalse
    }

    It 'arrive at both ends' {
        $results = Get-Record ./records | Invoke-RecordExport -Strategy All -ErrorAction Stop
        @($results | Where-Object Status -EQ Exported).Count | Should -Be (2 * (Get-ChildItem ./records).Count)
        foreach ($file in Get-ChildItem ./records) {
            (Get-FileHash "./archive/$($file.Name)").Hash | Should -Be (Get-FileHash $file).Hash
        }
        $there = Invoke-RestMethod "$($fake.url)/_fake/records"
        @($there).Count | Should -Be (Get-ChildItem ./records).Count
        $hashes = Get-ChildItem ./records | ForEach-Object { (Get-FileHash $_).Hash }
        $there.sha256 | ForEach-Object { $_.ToUpperInvariant() } | Sort-Object | Should -Be ($hashes | Sort-Object)
    }

    It 'are not sent again' {
        $before = (Invoke-RestMethod "$($fake.url)/_fake/records").Count
        (Get-Record ./records | Invoke-RecordExport).Status | Sort-Object -Unique | Should -Be 'AlreadyExported'
        (Invoke-RestMethod "$($fake.url)/_fake/records").Count | Should -Be $before
    }
}
