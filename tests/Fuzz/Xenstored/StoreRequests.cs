using System;
using System.Linq;
using System.Text;
using Sharpen.Xen.Store;

namespace Sharpen.Fuzz.Xenstored;

/// <summary>Requests to the store: mostly such as clients send, some of them with numbers, names or lengths that no client sends.</summary>
internal sealed class StoreRequests(Random random)
{
    private const int Types = 26;

    private static readonly string[] s_names =
    [
        "a", "b", "c", "data", "device", "a/b", "a/b/c", "/local/domain/1/x", "/local/domain/2", "/local/domain/2/data", "/local", "/tool", "/", "@releaseDomain", "@introduceDomain",
        "@releaseDomain/2", "@releaseDomain/", "@x", "a//b", "a/", "", ".", "..", " ", "a b", "\u00ff", "/a\u0001", "/local/domain/65535", "//", "@",
        string.Concat(Enumerable.Repeat("/d", 256)), string.Concat(Enumerable.Repeat("/d", 257)), "/" + new string('n', 3071), new string('n', 2048), new string('n', 2049),
    ];

    private static readonly string[] s_numbers = ["0", "1", "2", "3", "4", "5", "32751", "32752", "65535", "65536", "4294967295", "4294967296", "18446744073709551615", "18446744073709551616", "-1", "+1", " 1", "0x1", "", "x"];

    private static readonly string[] s_controls =
    [
        "check", "quota", "quota\0001", "quota\0set\0nodes\0100", "quota\0set\0memory\065536", "quota\0set\0watches\099999999999", "quota\0set\0nothing\01", "quota\0set", "memreport", "log", "log\0on",
        "log\0off", "log\0+io", "print\0text\0more", "help", "features", "logfile\0/x", "find\0/local/domain\0name\0x", "find\0/local/domain\0data\0v", "find\0/\0a/b\0", "find", "live-update",
        "live-update\0-a", "live-update\0-x", "quota-soft", "nothing", "",
    ];

    /// <summary>One of all types, and now and then none of them.</summary>
    internal StoreMessage Type() => random.Next(200) == 0 ? (StoreMessage)random.Next() : (StoreMessage)random.Next(Types);

    /// <summary>The id of a transaction that may be open.</summary>
    internal uint Transaction() => random.Next(3) != 0 ? 0 : random.Next(20) == 0 ? unchecked((uint)random.Next()) : (uint)random.Next(6);

    /// <summary>What a request says.</summary>
    internal byte[] Payload(StoreMessage type)
    {
        if (random.Next(20) == 0)
        {
            byte[] noise = new byte[random.Next(random.Next(4) == 0 ? (int)StoreHeader.MostPayload + 1 : 64)];
            random.NextBytes(noise);
            return noise;
        }

        byte[] payload = Encoding.Latin1.GetBytes(Text(type));
        payload = payload.Length > StoreHeader.MostPayload ? payload[..(int)StoreHeader.MostPayload] : payload;
        return random.Next(20) == 0 ? payload[..random.Next(payload.Length + 1)] : payload;
    }

    private string Name() => s_names[random.Next(random.Next(3) == 0 ? s_names.Length : 11)];

    private string Number() => s_numbers[random.Next(random.Next(4) == 0 ? s_numbers.Length : 5)];

    private string Text(StoreMessage type) => type switch
    {
        StoreMessage.Write => $"{Name()}\0{new string('v', random.Next(random.Next(10) == 0 ? 4096 : 60))}",
        StoreMessage.Watch => $"{Name()}\0t{random.Next(40)}\0{(random.Next(20) == 0 ? Number() + "\0" : "")}",
        StoreMessage.Unwatch => $"{Name()}\0t{random.Next(40)}\0",
        StoreMessage.SetPermissions => $"{Name()}\0{Permission()}{string.Concat(Enumerable.Range(0, random.Next(random.Next(10) == 0 ? 300 : 3)).Select(_ => Permission()))}",
        StoreMessage.TransactionEnd => random.Next(10) == 0 ? "X\0" : random.Next(3) == 0 ? "F\0" : "T\0",
        StoreMessage.DirectoryPart => $"{Name()}\0{Number()}\0",
        StoreMessage.Introduce => $"{Number()}\0{Number()}\0{Number()}\0",
        StoreMessage.Release or StoreMessage.Resume => random.Next(8) == 0 ? $"{Number()}\0" : "9\0",
        StoreMessage.IsDomainIntroduced or StoreMessage.GetDomainPath => $"{Number()}\0",
        StoreMessage.SetTarget => $"{Number()}\0{Number()}\0",
        StoreMessage.Control => $"{s_controls[random.Next(s_controls.Length)]}\0",
        _ => $"{Name()}\0",
    };

    private string Permission() => $"{"nrwbx"[random.Next(random.Next(20) == 0 ? 5 : 4)]}{Number()}\0";
}
