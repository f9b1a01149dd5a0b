using System;
using Sharpen.Machine.Collections;
using Sharpen.Machine.State;

namespace Sharpen.Hypervisor.Domains;

/// <summary>The host's command line, for a control domain that asks.</summary>
public static class HostLine
{
    private struct State
    {
        internal Fixed1024<byte> Bytes;
        internal int Length;
    }

    /// <summary>What was kept, without its end.</summary>
    public static ReadOnlySpan<byte> Text
    {
        get
        {
            ref State state = ref Root.Of<State>();
            return state.Bytes.Span.Slice(0, state.Length);
        }
    }

    /// <summary>Keeps a line, at most 1023 bytes of it. Once, at boot.</summary>
    public static void Keep(ReadOnlySpan<byte> line)
    {
        ref State state = ref Root.Of<State>();
        state.Length = Math.Min(line.Length, Fixed1024<byte>.Length - 1);
        line.Slice(0, state.Length).CopyTo(state.Bytes.Span);
    }
}
