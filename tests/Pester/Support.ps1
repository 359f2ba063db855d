# What every test file needs: the staged module, and a lab of its own to work in.
$ErrorActionPreference = 'Stop'
$script:Root = (Resolve-Path "$PSScriptRoot/../..").Path
[xml]$props = Get-Content "$Root/Directory.Build.props"
$script:Version = @($props.Project.PropertyGroup.Version)[0]
$script:Module = "$Root/out/NexusExport/$Version/NexusExport.psd1"
Import-Module $Module -Force

# No configuration of this machine's user may leak into a test.
Get-ChildItem env: | Where-Object Name -Match '^(NX_|NEXUSEXPORT_)' | Remove-Item

$env:NEXUSEXPORT_TEST_TOKEN = 'not-a-secret'

<# A record as NexusLIMS writes it, small. #>
function New-RecordFile([string]$Folder, [int]$Number, [string]$Instrument = 'FEI-Titan-TEM', [string]$User = 'Ned Land (ned)') {
    $path = Join-Path (Convert-Path $Folder) ('2025-03-{0:00}_{1}_{2}.xml' -f (1 + $Number % 28), $Instrument, (100 + $Number))
    $day = '2025-03-{0:00}' -f (1 + $Number % 28)
    [IO.File]::WriteAllText($path, @"
<?xml version="1.0" encoding="UTF-8"?>
<Experiment xmlns="https://data.nist.gov/od/dm/nexus/experiment/v1.0">
  <title>Record $Number</title>
  <id>$(100 + $Number)</id>
  <summary>
    <experimenter>$User</experimenter>
    <instrument pid="$Instrument">$Instrument</instrument>
    <reservationStart>${day}T10:00:00-07:00</reservationStart>
    <reservationEnd>${day}T12:00:00-07:00</reservationEnd>
  </summary>
</Experiment>
"@)
    $path
}

<# A folder with records and a configuration; the location is set to it. #>
function New-Lab([int]$Records = 3, [string]$Destinations = "  archive:`n    type: local`n    base_path: archive`n") {
    $path = Join-Path $TestDrive ([guid]::NewGuid().ToString('n'))
    $null = New-Item -ItemType Directory "$path/records"
    for ($i = 0; $i -lt $Records; $i++) { $null = New-RecordFile "$path/records" $i }
    Set-Content "$path/nexus-export.yaml" "database:`n  path: log.db`nexport:`n  pipeline:`n    max_retries: 1`ndestinations:`n$Destinations"
    Set-Location $path
    $path
}

<# A listener that never answers: a destination that hangs, and a witness of every connection. #>
function New-SilentServer {
    $listener = [Net.Sockets.TcpListener]::new([Net.IPAddress]::Loopback, 0)
    $listener.Start()
    $listener
}

function Get-CdcsSetting($Listener, [int]$Timeout = 30000) {
    "  cdcs:`n    type: cdcs`n    priority: 900`n    url: http://127.0.0.1:$($Listener.LocalEndpoint.Port)`n    token: env:NEXUSEXPORT_TEST_TOKEN`n    timeout_ms: $Timeout`n"
}

<# Waits for a condition without a fixed pause; fails after the deadline. #>
function Wait-Until([scriptblock]$Condition, [int]$Seconds = 20) {
    $clock = [Diagnostics.Stopwatch]::StartNew()
    while (-not (& $Condition)) {
        if ($clock.Elapsed.TotalSeconds -gt $Seconds) { throw "waited $Seconds s in vain for: $Condition" }
        [Threading.Thread]::Yield() | Out-Null
    }
}

<# Runs a script in a fresh pwsh and returns its output; an error there is an error here. #>
function Invoke-Fresh([string]$Script) {
    $path = Join-Path $TestDrive "$([guid]::NewGuid()).ps1"
    Set-Content $path "`$ErrorActionPreference = 'Stop'`n$Script"
    $output = & (Join-Path $PSHOME 'pwsh') -NoProfile -NonInteractive -File $path 2>&1
    if ($LASTEXITCODE -ne 0) { throw "pwsh ended with $LASTEXITCODE`: $output" }
    $output
}

<# Every file below a folder with its time and size, to see that nothing changed. #>
function Get-Snapshot([string]$Path) {
    (Get-ChildItem $Path -Recurse -Force | Sort-Object FullName | ForEach-Object { "$($_.FullName)|$($_.LastWriteTimeUtc.Ticks)|$($_.Length)" }) -join "`n"
}

<# Runs SQL through the module's own SQLite, which lives in the module's load context. #>
function Invoke-Sql([string]$Path, [string]$Sql) {
    $null = Get-ExportConfiguration
    $context = [Runtime.Loader.AssemblyLoadContext]::All | Where-Object Name -EQ NexusExport
    $type = $context.LoadFromAssemblyName([Reflection.AssemblyName]'Microsoft.Data.Sqlite').GetType('Microsoft.Data.Sqlite.SqliteConnection')
    $null = $context.LoadFromAssemblyName([Reflection.AssemblyName]'SQLitePCLRaw.batteries_v2').GetType('SQLitePCL.Batteries_V2').GetMethod('Init').Invoke($null, @())
    $connection = [Activator]::CreateInstance($type, [object[]]"Data Source=$Path;Pooling=False")
    try {
        $connection.Open()
        $command = $connection.CreateCommand()
        $command.CommandText = $Sql
        $command.ExecuteScalar()
    }
    finally { $connection.Dispose() }
}

<# A server that behaves as the real one: its url, its token and what else a client must know. Stop-Fake ends it. #>
function Start-Fake([string]$Name, [string[]]$Arguments = @()) {
    $program = Get-ChildItem "$Root/tests/NexusExport.Fakes/bin/*/net10.0/NexusExport.Fakes.dll" | Sort-Object LastWriteTime | Select-Object -Last 1
    $start = [Diagnostics.ProcessStartInfo]::new('dotnet', [string[]](@($program.FullName, $Name) + $Arguments))
    $start.RedirectStandardInput = $start.RedirectStandardOutput = $true
    $process = [Diagnostics.Process]::Start($start)
    $process.StandardOutput.ReadLine() | ConvertFrom-Json | Add-Member Process $process -PassThru
}

function Stop-Fake($Fake) {
    if (-not $Fake) { return }
    $Fake.Process.StandardInput.Close()
    if (-not $Fake.Process.WaitForExit(5000)) { $Fake.Process.Kill() }
    $Fake.Process.Dispose()
}
