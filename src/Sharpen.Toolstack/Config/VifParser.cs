using System.Globalization;

namespace Sharpen.Toolstack.Config;

/// <summary>Understands a network card: <c>mac=00:16:3e:00:00:01,bridge=xenbr0</c>. Source: xl-network-configuration(5).</summary>
public static class VifParser
{
    private static readonly string[] s_words =
    [
        "mac", "bridge", "gatewaydev", "netdev", "type", "model", "vifname", "script", "ip", "backend", "rate", "devid", "mtu",
        "trusted", "untrusted",
    ];

    /// <summary>Understands a card.</summary>
    /// <param name="defaults">What holds where the text says nothing.</param>
    /// <param name="problem">What is wrong; empty when nothing is.</param>
    /// <returns>Null when it cannot be understood.</returns>
    public static VifSpec? Parse(string text, VifSpec defaults, out string problem)
    {
        var vif = defaults;
        problem = "";
        foreach (string part in text.Split(','))
        {
            string trimmed = part.Trim();
            if (trimmed.Length == 0)
            {
                continue;
            }

            int equals = trimmed.IndexOf('=');
            string key = equals < 0 ? trimmed : trimmed[..equals];
            if (Apply(vif, key, equals < 0 ? "" : trimmed[(equals + 1)..], equals >= 0, ref problem) is not { } next)
            {
                return null;
            }

            vif = next;
        }

        return vif;
    }

    private static VifSpec? Apply(VifSpec vif, string key, string value, bool hasValue, ref string problem)
    {
        switch (key)
        {
            case "mac" when MacAddress.TryParse(value, out var mac): return vif with { Mac = mac };
            case "mac": return Fail(ref problem, $"'{value}' is no MAC address: write six groups of hexadecimal digits, like 00:16:3e:12:34:56");
            case "bridge": return vif with { Bridge = value };
            case "gatewaydev" or "netdev": return vif with { GatewayDevice = value };
            case "type" when value is "vif" or "ioemu": return vif;
            case "type": return Fail(ref problem, $"a network card's type is vif or ioemu, not '{value}'");
            case "model": return vif with { Model = value };
            case "vifname": return vif with { InterfaceName = value };
            case "script": return vif with { Script = value };
            case "ip": return vif with { Ip = value };
            case "backend": return vif with { BackendDomain = value };
            case "rate" when VifRate.TryParse(value, out var rate): return vif with { Rate = rate };
            case "rate": return Fail(ref problem, $"'{value}' is no rate: write an amount a second and if need be an interval, like 10Mb/s or 250KB/s@20ms");
            case "devid" when Number(value, 0, 65535) is { } number: return vif with { Number = number };
            case "mtu" when Number(value, 68, 65535) is { } mtu: return vif with { Mtu = mtu };
            case "devid" or "mtu": return Fail(ref problem, $"'{value}' is no {key}: write a number");
            case "trusted" or "untrusted" when !hasValue: return vif with { IsTrusted = key == "trusted" };
            default:
                string? near = Suggestion.For(key, s_words);
                return Fail(ref problem, $"a network card has no '{key}'{(near is null ? "" : $", did you mean '{near}'?")}");
        }
    }

    private static int? Number(string text, int least, int most) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= least && number <= most ? number : null;

    private static VifSpec? Fail(ref string problem, string text)
    {
        problem = text;
        return null;
    }
}
