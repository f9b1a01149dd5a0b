namespace System;

public struct Void { }

public struct Boolean { private bool _value; }

public struct Char
{
    private char _value;
    public const char MaxValue = '\uffff';
}

public struct SByte
{
    private sbyte _value;
    public const sbyte MaxValue = 127, MinValue = -128;
}

public struct Byte
{
    private byte _value;
    public const byte MaxValue = 255, MinValue = 0;
}

public struct Int16
{
    private short _value;
    public const short MaxValue = 32767, MinValue = -32768;
}

public struct UInt16
{
    private ushort _value;
    public const ushort MaxValue = 65535, MinValue = 0;
}

public struct Int32
{
    private int _value;
    public const int MaxValue = 2147483647, MinValue = -2147483648;
}

public struct UInt32
{
    private uint _value;
    public const uint MaxValue = 4294967295, MinValue = 0;
}

public struct Int64
{
    private long _value;
    public const long MaxValue = 9223372036854775807, MinValue = -9223372036854775808;
}

public struct UInt64
{
    private ulong _value;
    public const ulong MaxValue = 18446744073709551615, MinValue = 0;
}

public struct Single { private float _value; }

public struct Double { private double _value; }

public struct IntPtr { private nint _value; }

public struct UIntPtr { private nuint _value; }
