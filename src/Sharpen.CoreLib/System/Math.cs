namespace System;

public static class Math
{
    public static int Min(int left, int right) => left < right ? left : right;
    public static uint Min(uint left, uint right) => left < right ? left : right;
    public static long Min(long left, long right) => left < right ? left : right;
    public static ulong Min(ulong left, ulong right) => left < right ? left : right;
    public static int Max(int left, int right) => left > right ? left : right;
    public static uint Max(uint left, uint right) => left > right ? left : right;
    public static long Max(long left, long right) => left > right ? left : right;
    public static ulong Max(ulong left, ulong right) => left > right ? left : right;
    public static int Clamp(int value, int min, int max) => value < min ? min : value > max ? max : value;
    public static ulong Clamp(ulong value, ulong min, ulong max) => value < min ? min : value > max ? max : value;
    public static long Abs(long value) => value < 0 ? -value : value;

    /// <summary>The high half of the 128-bit product; the low half by <paramref name="low"/>.</summary>
    public static ulong BigMul(ulong left, ulong right, out ulong low)
    {
        ulong leftLow = (uint)left, leftHigh = left >> 32, rightLow = (uint)right, rightHigh = right >> 32;
        ulong lowLow = leftLow * rightLow;
        ulong middle = (leftHigh * rightLow) + (lowLow >> 32);
        ulong other = (leftLow * rightHigh) + (uint)middle;
        low = (other << 32) | (uint)lowLow;
        return (leftHigh * rightHigh) + (middle >> 32) + (other >> 32);
    }

    // ILC wants these four as soon as any conversion is checked; only one of a double, which the hypervisor never makes, would call them.
    internal static int ConvertToInt32Checked(double value) => Refuse();
    internal static uint ConvertToUInt32Checked(double value) => (uint)Refuse();
    internal static long ConvertToInt64Checked(double value) => Refuse();
    internal static ulong ConvertToUInt64Checked(double value) => (ulong)Refuse();

    private static int Refuse()
    {
        Internal.Runtime.CompilerHelpers.ThrowHelpers.ThrowOverflowException();
        return 0;
    }
}
