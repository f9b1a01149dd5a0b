namespace Sharpen.Xenconsoled.Logs;

/// <summary>How logs are written.</summary>
/// <param name="HasTimes">Each line begins with the time.</param>
/// <param name="ReplacesEscapes">Escape characters become dots, so that a log can be printed to a terminal.</param>
/// <param name="MostBytes">A file of this size is put aside.</param>
/// <param name="Kept">So many files put aside are kept.</param>
public sealed record LogSettings(bool HasTimes, bool ReplacesEscapes, long MostBytes, int Kept);
