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

Describe 'What hostile texts can do to a view' {
    BeforeDiscovery {
        $views = [xml](Get-Content "$PSScriptRoot/../../module/NexusExport.Format.ps1xml" -Raw)
        $types = $views.Configuration.ViewDefinitions.View.ViewSelectedBy.TypeName | Sort-Object -Unique | ForEach-Object { @{ Type = $_ } }
    }
    BeforeAll {
        $null = New-Lab
        $null = Get-ExportConfiguration
        $context = [Runtime.Loader.AssemblyLoadContext]::All | Where-Object Name -EQ NexusExport
        $own = $context.Assemblies | Where-Object { $_.GetName().Name -in 'NexusExport.Core', 'NexusExport.Abstractions' }
        $rendering = $PSStyle.OutputRendering
        $PSStyle.OutputRendering = 'PlainText'

        # Newline, carriage return, tab, a sequence that colours, C1, a line separator, a turn of direction, half a pair: and where a column is cut.
        $script:Hostile = "a`nb`r`n  FORGED`tx`e[31mred`e]0;title`a`u{9b}2J`u{85}`u{2028}`u{202e}txt$([char]0xD800)`0`u{7f}" + ('y' * 60)

        # An object of the type with that in each of its texts.
        function New-Hostile([string]$Type) {
            $class = $own | ForEach-Object { $_.GetType($Type, $false) } | Select-Object -First 1
            $made = [Runtime.CompilerServices.RuntimeHelpers]::GetUninitializedObject($class)
            foreach ($property in $class.GetProperties()) {
                $kind = $property.PropertyType
                $value = if ($kind -eq [string] -or $kind -eq [object]) { "$($property.Name)$Hostile" }
                    elseif ($kind -eq [Collections.Generic.IReadOnlyList[string]]) { , [string[]]($Hostile, $Hostile) }
                    elseif ($kind -eq [Collections.Generic.IReadOnlyDictionary[string, object]]) {
                        $values = [Collections.Generic.Dictionary[string, object]]::new()
                        $values["key$Hostile"] = $Hostile
                        $values['list'] = [string[]]($Hostile, $Hostile)
                        $values['error_code'] = $Hostile
                        $values
                    }
                    else { continue }
                if ($property.CanWrite) { $property.SetValue($made, $value) }
            }
            $made
        }
    }
    AfterAll { $PSStyle.OutputRendering = $rendering; Set-Location $Root }

    It '<Type>: no view lets a control character through, in any width' -ForEach $types {
        $objects = @(New-Hostile $Type), @((New-Hostile $Type), (New-Hostile $Type))
        if ($Type -match 'UploadLogEntry|DestinationInfo|ExportResult') {
            # The other branch of the column Detail or State: no code, no fault.
            $plain = New-Hostile $Type
            foreach ($name in 'ErrorCode', 'Fault') { $property = $plain.GetType().GetProperty($name); if ($property.CanWrite) { $property.SetValue($plain, $null) } }
            $success = $plain.GetType().GetProperty('Success')
            if ($success.CanWrite) { $success.SetValue($plain, $true) }
            $objects += , @($plain)
        }
        foreach ($several in $objects) {
            foreach ($width in 40, 80, 200, 4000) {
                foreach ($text in ($several | Out-String -Width $width), ($several | Format-Table | Out-String -Width $width), ($several | Format-List | Out-String -Width $width)) {
                    ($text -replace [Environment]::NewLine, '') | Should -Not -Match '[\p{Cc}\u2028-\u202e\ud800-\udfff]'
                }
            }
        }
        $several | Format-Table | Out-String -Width 4000 | Should -Match '\\u001B\[31mred'
    }

    It '<Type>: the list has every property, a text as it is where nothing is wrong with it' -ForEach $types {
        $class = $own | ForEach-Object { $_.GetType($Type, $false) } | Select-Object -First 1
        $script:Hostile = 'Ünïcode µ 🔬 "quoted"'
        $list = New-Hostile $Type | Format-List | Out-String -Width 4000
        foreach ($property in $class.GetProperties().Name | Where-Object { $_ -notin 'Content', 'MediaType', 'EqualityContract' }) { $list | Should -Match "(?m)^$property\s*:" }
        $list | Should -Match ([regex]::Escape($Hostile))
    }

    It 'takes no longer than a moment for thousands of rows' {
        $rows = (Get-Record ./records) * 1000
        $null = $rows | Out-String
        (Measure-Command { $rows | Out-String -Width 200 }).TotalSeconds | Should -BeLessThan 5
    }
}
