namespace NexusExport.Tests.Store.Contract;

/// <summary>
/// What every database engine has to keep of one port. The tests know nothing but the ports and the lab; an engine passes them by deriving from
/// each contract.
/// </summary>
public abstract class StoreContract : IDisposable
{
    private protected StoreContract(StoreLab lab) => Lab = lab;

    private protected StoreLab Lab { get; }

    public void Dispose()
    {
        Lab.Dispose();
        GC.SuppressFinalize(this);
    }
}
