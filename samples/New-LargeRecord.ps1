<#
.SYNOPSIS
Writes a large NexusLIMS record: an overnight STEM tilt series.

.DESCRIPTION
Same parameters, same bytes, on every system and in every culture: the numbers come from a small generator of this script's own.
The file in samples/records was written with the defaults.

.EXAMPLE
./New-LargeRecord.ps1

Writes samples/records/2026-01-20_FEI-Titan-STEM_1046.xml, about 400 kB.

.EXAMPLE
./New-LargeRecord.ps1 -Path /tmp/2026-01-21_FEI-Titan-STEM_1047.xml -Series 100

Writes a record that is too large for the default limit.
#>
[CmdletBinding()]
param(
    # File to write. An existing one is replaced.
    [string] $Path = (Join-Path $PSScriptRoot 'records' '2026-01-20_FEI-Titan-STEM_1046.xml'),

    # Number of tilt series (acquisition activities).
    [ValidateRange(1, 10000)]
    [int] $Series = 15,

    # Images in each series.
    [ValidateRange(1, 1000)]
    [int] $Images = 29
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

$namespace = 'https://data.nist.gov/od/dm/nexus/experiment/v1.0'
$invariant = [cultureinfo]::InvariantCulture
$began = [datetimeoffset]::new(2026, 1, 20, 18, 0, 0, [timespan]::FromHours(-7))
$script:seed = [uint64] 1046

# A linear congruential generator (Numerical Recipes' constants): a number from Low to High, as text.
function Get-Reading([double] $Low, [double] $High, [string] $Format = '0.000') {
    $script:seed = ($script:seed * 1664525 + 1013904223) % 4294967296
    return ($Low + ($High - $Low) * ($script:seed / 4294967296.0)).ToString($Format, $invariant)
}

function Get-Moment([int] $Second) {
    return $began.AddSeconds($Second).ToString('yyyy-MM-ddTHH:mm:sszzz', $invariant)
}

function Write-Text([string] $Name, [string] $Text) {
    $writer.WriteElementString($Name, $namespace, $Text)
}

function Write-Reading([string] $Element, [string] $Name, [string] $Value, [string] $Unit) {
    $writer.WriteStartElement($Element, $namespace)
    $writer.WriteAttributeString('name', $Name)
    if ($Unit) { $writer.WriteAttributeString('unit', $Unit) }
    $writer.WriteString($Value)
    $writer.WriteEndElement()
}

function Write-Summary {
    Write-Text title 'Overnight tilt series of a catalyst on carbon'
    Write-Text id '1046'
    $writer.WriteStartElement('summary', $namespace)
    $writer.WriteAttributeString('ref', 'https://nemo.example.org/event_details/reservation/1046/')
    Write-Text experimenter 'Lena Varga (lvarga)'
    $writer.WriteStartElement('instrument', $namespace)
    $writer.WriteAttributeString('pid', 'FEI-Titan-STEM')
    $writer.WriteString('FEI Titan STEM')
    $writer.WriteEndElement()
    Write-Text reservationStart (Get-Moment 0)
    Write-Text reservationEnd (Get-Moment 50400)
    Write-Text motivation 'Tomography of Pt-Co particles; one series for each region, acquired without an operator.'
    $writer.WriteEndElement()
    $writer.WriteStartElement('sample', $namespace)
    $writer.WriteAttributeString('id', 'ptco-c-900')
    Write-Text name 'Pt-Co on carbon, annealed at 900 degC'
    $writer.WriteEndElement()
}

function Write-Image([int] $Number, [int] $Image) {
    $name = 'region{0:00}_tilt{1:00}.dm4' -f $Number, $Image
    $writer.WriteStartElement('dataset', $namespace)
    $writer.WriteAttributeString('type', 'Image')
    $writer.WriteAttributeString('role', 'Experimental')
    Write-Text name $name
    Write-Text location "/Titan_STEM/lvarga/ptco/20260120/$name"
    Write-Text preview "/Titan_STEM/lvarga/ptco/20260120/$name.thumb.png"
    Write-Reading meta 'Creation Time' (Get-Moment ($Number * 3360 + $Image * 110)) ''
    Write-Reading meta 'Stage Position Alpha' ((-70 + $Image * 5).ToString($invariant)) 'deg'
    Write-Reading meta 'Stage Position X' (Get-Reading -200 200) 'um'
    Write-Reading meta 'Stage Position Y' (Get-Reading -200 200) 'um'
    Write-Reading meta 'Stage Position Z' (Get-Reading -40 40) 'um'
    Write-Reading meta 'Defocus' (Get-Reading -60 60 '0.0') 'nm'
    Write-Reading meta 'Dwell Time' '12' 'us'
    Write-Reading meta 'Pixel Width' '0.092' 'nm'
    Write-Reading meta 'Screen Current' (Get-Reading 0.071 0.079) 'nA'
    Write-Reading meta 'Drift between Images' (Get-Reading 0.1 9.9 '0.0') 'nm'
    Write-Reading meta 'Detector Offset' (Get-Reading -3 3) '%'
    $writer.WriteEndElement()
}

function Write-Series([int] $Number) {
    $writer.WriteStartElement('acquisitionActivity', $namespace)
    $writer.WriteAttributeString('seqno', $Number.ToString($invariant))
    Write-Text startTime (Get-Moment ($Number * 3360))
    Write-Text sampleID 'ptco-c-900'
    $writer.WriteStartElement('setup', $namespace)
    Write-Reading param 'Voltage' '300' 'kV'
    Write-Reading param 'Mode' 'HAADF STEM' ''
    Write-Reading param 'Camera Length' '91' 'mm'
    Write-Reading param 'Convergence Angle' '17.5' 'mrad'
    $writer.WriteEndElement()
    foreach ($image in 0..($Images - 1)) { Write-Image $Number $image }
    $writer.WriteEndElement()
}

$settings = [System.Xml.XmlWriterSettings]@{
    Encoding     = [System.Text.UTF8Encoding]::new($false)
    Indent       = $true
    NewLineChars = "`n"
}
$writer = [System.Xml.XmlWriter]::Create($PSCmdlet.GetUnresolvedProviderPathFromPSPath($Path), $settings)
try {
    $writer.WriteStartElement('Experiment', $namespace)
    Write-Summary
    foreach ($number in 0..($Series - 1)) { Write-Series $number }
    $writer.WriteEndElement()
}
finally {
    $writer.Dispose()
}
