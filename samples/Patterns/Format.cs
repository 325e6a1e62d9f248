using System;
using System.Globalization;

namespace Patterns;

/// <summary>Numbers as they are printed, the same in every language.</summary>
internal static class Format
{
    public static string Of(int number) => number.ToString("N0", CultureInfo.InvariantCulture);

    public static string Of(TimeSpan time) => time.TotalMilliseconds.ToString("N0", CultureInfo.InvariantCulture) + " ms";

    /// <summary>How many times faster.</summary>
    public static string SpeedUp(TimeSpan than, TimeSpan time) => (than / time).ToString("0.0", CultureInfo.InvariantCulture) + "x";

    public static string PerItem(TimeSpan time, int items) => (time.TotalMicroseconds / items).ToString("N1", CultureInfo.InvariantCulture) + " µs";

    public static string Kilobytes(double bytes) => (bytes / 1024).ToString("N1", CultureInfo.InvariantCulture) + " KB";
}
