using System;
using Sharpen.Abi;

namespace Sharpen.Xen;

/// <summary>The hypervisor, the kernel or the store refused: what was asked, about which domain, and the errno.</summary>
public sealed class XenException : Exception
{
    /// <summary>A refusal.</summary>
    /// <param name="operation">What was tried, as a verb: "pause", "map 4 frames of".</param>
    /// <param name="domain">Whom it concerned, when anybody.</param>
    /// <param name="error">Why it was refused; Linux and Xen use the same numbers.</param>
    /// <param name="inner">What lay beneath.</param>
    public XenException(string operation, DomainId? domain, Errno error, Exception? inner = null)
        : base($"cannot {operation}{Whom(domain)}: {ErrnoText.Describe(error)} ({ErrnoText.Name(error)})", inner)
    {
        Operation = operation;
        Domain = domain;
        Error = error;
    }

    /// <summary>What was tried.</summary>
    public string Operation { get; }

    /// <summary>Whom it concerned; null when it concerned no domain.</summary>
    public DomainId? Domain { get; }

    /// <summary>Why it was refused.</summary>
    public Errno Error { get; }

    private static string Whom(DomainId? domain) => domain is { } id ? $" domain {id.Value}" : "";
}
