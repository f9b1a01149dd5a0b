namespace Sharpen.Hypervisor.Domains;

/// <summary>One physical interrupt as a domain knows it. Under its domain's event lock.</summary>
internal struct Pirq
{
    /// <summary>The host's line plus one; 0 for none, -1 when the number is only set aside.</summary>
    internal int Line;

    /// <summary>The port that it raises; 0 while it is not bound.</summary>
    internal uint Port;

    /// <summary>Set aside for a domain that asked for a number first.</summary>
    internal const int SetAside = -1;
}
