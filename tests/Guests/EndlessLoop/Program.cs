namespace Sharpen.Guest;

/// <summary>Never comes back, and never asks for anything.</summary>
internal static class Program
{
    internal static void Main()
    {
        Line.Of("endless loop: begins"u8).Print();
        while (true)
        {
        }
    }

    /// <summary>Exceptions are not expected.</summary>
    internal static bool OnException(uint vector, ulong error) => false;
}
