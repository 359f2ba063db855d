BeforeAll { . "$PSScriptRoot/Support.ps1" }

Describe 'A secret of a vault' {
    BeforeEach {
        $server = New-SilentServer
        $modules = $env:PSModulePath
        $null = New-Lab -Destinations ((Get-CdcsSetting $server -Timeout 200) -replace 'env:NEXUSEXPORT_TEST_TOKEN', 'secret:lab/cdcs')

        # Stands in for the module, with a Get-Secret that does what is given.
        function Use-Vault([string]$Body) {
            $folder = New-Item -ItemType Directory "$TestDrive/$([guid]::NewGuid())/Microsoft.PowerShell.SecretManagement"
            Set-Content "$folder/Microsoft.PowerShell.SecretManagement.psm1" "function Get-Secret { [CmdletBinding()] param([string]`$Vault, [string]`$Name, [switch]`$AsPlainText) $Body }"
            $env:PSModulePath = "$(Split-Path $folder)$([IO.Path]::PathSeparator)$modules"
        }

        # What the server is sent.
        function Get-Sent {
            $client = $server.AcceptTcpClient()
            $buffer = [byte[]]::new(8192)
            [Text.Encoding]::ASCII.GetString($buffer, 0, $client.GetStream().Read($buffer, 0, $buffer.Length))
        }
    }
    AfterEach {
        $env:PSModulePath = $modules
        Remove-Module Microsoft.PowerShell.SecretManagement -ErrorAction Ignore
        $server.Stop()
        Set-Location $Root
    }

    It 'is taken from <Kind>' -ForEach @(
        @{ Kind = 'a text'; Body = '"$Vault-$Name-kept"'; Sent = 'lab-cdcs-kept' }
        @{ Kind = 'a SecureString'; Body = 'ConvertTo-SecureString kept-safe -AsPlainText -Force'; Sent = 'kept-safe' }
        @{ Kind = 'the password of a PSCredential'; Body = '[pscredential]::new("ada", (ConvertTo-SecureString adas-word -AsPlainText -Force))'; Sent = 'adas-word' }
    ) {
        Use-Vault $Body
        $null = Test-ExportDestination cdcs
        Get-Sent | Should -Match $Sent
    }

    It 'that <Kind> is told with the reason' -ForEach @(
        @{ Kind = 'is not there'; Body = 'Write-Error "The secret $Name was not found."'; Message = 'secret:lab/cdcs cannot be read: The secret cdcs was not found' }
        @{ Kind = 'is in a vault that is not registered'; Body = 'throw "Vault $Vault does not exist in registry."'; Message = 'Vault lab does not exist in registry' }
        @{ Kind = 'is in a locked vault'; Body = 'throw "A valid password is required to access the Microsoft.PowerShell.SecretStore vault."'; Message = 'A valid password is required' }
        @{ Kind = 'is a table'; Body = '@{ user = "ada" }'; Message = 'it is a Hashtable, not a text or a credential' }
        @{ Kind = 'is nothing'; Body = ''; Message = 'has no secret named cdcs' }
    ) {
        Use-Vault $Body
        $result = Test-ExportDestination cdcs
        $result.Success | Should -BeFalse
        $result.ErrorCode | Should -Be 'SECRET_UNAVAILABLE'
        $result.Message | Should -Match $Message
        $result.RecommendedAction | Should -Not -BeNullOrEmpty
        $server.Pending() | Should -BeFalse
    }

    It 'says that the module is missing' {
        $result = Test-ExportDestination cdcs
        $result.ErrorCode | Should -Be 'SECRET_UNAVAILABLE'
        $result.Message | Should -Match 'Microsoft\.PowerShell\.SecretManagement is not installed'
        $result.RecommendedAction | Should -Match 'Install-Module'
    }

    It 'says why the module does not load' {
        Use-Vault 'x'
        $file = (Get-ChildItem ($env:PSModulePath -split [IO.Path]::PathSeparator)[0] -Recurse -Filter *.psm1).FullName
        Add-Content $file 'throw "broken on purpose"'
        (Test-ExportDestination cdcs).Message | Should -Match 'cannot be read: .*(broken on purpose|could not be loaded)'
    }
}
