namespace Sharpen.Toolstack.Config;

/// <summary>A network card of a guest, as its configuration says it. Source: xl-network-configuration(5).</summary>
public sealed record VifSpec
{
    /// <summary>The guest's address; null for a random one.</summary>
    public MacAddress? Mac { get; init; }

    /// <summary>The bridge it is added to.</summary>
    public string Bridge { get; init; } = "";

    /// <summary>The interface that leads on, for routing scripts.</summary>
    public string GatewayDevice { get; init; } = "";

    /// <summary>The backend interface's name; empty for <c>vifDOMAIN.NUMBER</c>.</summary>
    public string InterfaceName { get; init; } = "";

    /// <summary>The hotplug script.</summary>
    public string Script { get; init; } = "";

    /// <summary>For scripts: the addresses that the guest may use.</summary>
    public string Ip { get; init; } = "";

    /// <summary>The domain that serves it: a name or number, or empty for this one.</summary>
    public string BackendDomain { get; init; } = "";

    /// <summary>The limit of outgoing traffic; null for none.</summary>
    public VifRate? Rate { get; init; }

    /// <summary>Its number; null for the lowest that is free.</summary>
    public int? Number { get; init; }

    /// <summary>Largest packet in bytes; null for what the bridge has.</summary>
    public int? Mtu { get; init; }

    /// <summary>For emulated cards, which a PV guest has not.</summary>
    public string Model { get; init; } = "";

    /// <summary>The guest may trust the backend.</summary>
    public bool IsTrusted { get; init; } = true;
}
