namespace Sharpen.Guest;

/// <summary>Sets its timer again and again, counts the upcalls, sleeps between them.</summary>
internal static class Program
{
    private const ulong Period = 10_000_000;
    private const ulong Report = 10;

    internal static void Main()
    {
        ulong ticks = Boot.Number("ticks="u8, 50);
        long bound = Events.BindTimer();
        Line.Of("ticker: timer bound "u8).Number((ulong)bound).Print();
        Events.Enable();
        ulong started = Clock.Now;
        for (ulong tick = 1; tick <= ticks; tick++)
        {
            Kernel.SetTimer(started + (tick * Period));
            while (Events.TimerEvents < tick)
            {
                Kernel.Block();
            }

            if (tick % Report == 0)
            {
                Line.Of("ticker: "u8).Number(tick).Text(" ticks, "u8).Number(Events.Upcalls).Text(" upcalls, "u8)
                    .Number((Clock.Now - started) / 1_000_000).Text(" ms"u8).Print();
                Kernel.Yield();
            }
        }

        Line.Of("ticker: done"u8).Print();
    }

    /// <summary>Exceptions are not expected.</summary>
    internal static bool OnException(uint vector, ulong error) => false;
}
