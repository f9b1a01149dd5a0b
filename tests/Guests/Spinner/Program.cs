namespace Sharpen.Guest;

/// <summary>Burns its share of a CPU and says how far it came: turns, and the time that passed meanwhile.</summary>
internal static class Program
{
    private const ulong Report = 200_000_000;
    private const ulong Batch = 10_000;

    internal static void Main()
    {
        ulong reports = Boot.Number("reports="u8, 10);
        ulong turns = 0;
        ulong started = Clock.Now;
        for (ulong report = 1; report <= reports; report++)
        {
            while (Clock.Now < started + (report * Report))
            {
                turns += Turn(Batch);
            }

            Line.Of("spinner: "u8).Number(turns).Text(" turns in "u8).Number((Clock.Now - started) / 1_000_000).Text(" ms"u8).Print();
        }

        Line.Of("spinner: done, had a CPU for "u8).Number(Kernel.RunNanoseconds / 1_000_000).Text(" ms"u8).Print();
    }

    private static ulong Turn(ulong count)
    {
        ulong done = 0;
        while (done < count)
        {
            done++;
        }

        return done;
    }

    /// <summary>Exceptions are not expected.</summary>
    internal static bool OnException(uint vector, ulong error) => false;
}
