using System;
using System.Globalization;
using Sharpen.Abi;

namespace Sharpen.Toolstack.Devices;

/// <summary>Where a device is in the store: the guest's half, the serving domain's half, and the toolstack's record.</summary>
/// <param name="Kind"><c>vbd</c>, <c>vif</c>, <c>qdisk</c>, <c>console</c>, <c>vfb</c>, <c>vkbd</c>.</param>
/// <param name="Domain">The guest.</param>
/// <param name="Number">The device's number.</param>
/// <param name="Backend">The domain that serves it.</param>
public readonly record struct DevicePaths(string Kind, DomainId Domain, int Number, DomainId Backend)
{
    /// <summary>The guest sees a disk as vbd, whoever serves it.</summary>
    public string FrontendKind => Kind == "qdisk" ? "vbd" : Kind;

    /// <summary>The guest's half.</summary>
    public string Frontend => $"/local/domain/{Domain.Value}/device/{FrontendKind}/{Number}";

    /// <summary>The serving domain's half.</summary>
    public string BackendPath => $"/local/domain/{Backend.Value}/{RelativeBackend}";

    /// <summary>The serving domain's half, as that domain sees it; hotplug scripts are told this.</summary>
    public string RelativeBackend => $"backend/{Kind}/{Domain.Value}/{Number}";

    /// <summary>The toolstack's record.</summary>
    public string Record => $"/libxl/{Domain.Value}/device/{FrontendKind}/{Number}";

    /// <summary>The device whose serving half is at a path like <see cref="BackendPath"/>.</summary>
    public static DevicePaths? Parse(string backendPath)
    {
        string[] parts = backendPath.Split('/');
        return parts.Length == 8 && parts[4] == "backend" && TryNumber(parts[3], out int backend) && TryNumber(parts[6], out int domain) &&
            TryNumber(parts[7], out int number) && backend <= ushort.MaxValue && domain <= ushort.MaxValue
            ? new DevicePaths(parts[5], new DomainId((ushort)domain), number, new DomainId((ushort)backend)) : null;
    }

    private static bool TryNumber(ReadOnlySpan<char> text, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
