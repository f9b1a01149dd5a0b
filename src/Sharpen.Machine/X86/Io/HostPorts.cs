namespace Sharpen.Machine.Io;

/// <summary>Any port of the host, for guests that may use it; who may is policy's to say.</summary>
/// <remarks>Safety: a port reaches devices, which policy gives only to whom the host trusts with them; nothing of Machine's own is reached by memory.</remarks>
public static class HostPorts
{
    /// <summary>Reads a port.</summary>
    /// <param name="port">The first port.</param>
    /// <param name="bytes">1, 2 or 4; another number reads all ones.</param>
    public static uint Read(ushort port, int bytes) => bytes switch
    {
        1 => Port.In8(port),
        2 => Port.In16(port),
        4 => Port.In32(port),
        _ => uint.MaxValue,
    };

    /// <summary>Writes a port.</summary>
    /// <param name="port">The first port.</param>
    /// <param name="bytes">1, 2 or 4; another number writes nothing.</param>
    /// <param name="value">What to write; bits beyond the size are ignored.</param>
    public static void Write(ushort port, int bytes, uint value)
    {
        switch (bytes)
        {
            case 1:
                Port.Out8(port, (byte)(value & 0xff));
                break;
            case 2:
                Port.Out16(port, (ushort)(value & 0xffff));
                break;
            case 4:
                Port.Out32(port, value);
                break;
        }
    }
}
