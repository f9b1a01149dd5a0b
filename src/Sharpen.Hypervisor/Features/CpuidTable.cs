using Sharpen.Machine.Collections;
using Sharpen.Machine.Cpu;

namespace Sharpen.Hypervisor.Features;

/// <summary>
/// What CPUID is to tell one domain, as its toolstack wants it: an answer for each leaf and subleaf that a policy has, without the leaves of the
/// hypervisor itself. What the host does not offer is not in it.
/// </summary>
public struct CpuidTable
{
    /// <summary>The most answers.</summary>
    public const int Places = FirstExtended + ExtendedLeaves;

    private const uint Caches = 4;
    private const uint Structured = 7;
    private const uint Topology = 0xb;
    private const uint State = 0xd;
    private const uint Extended = 0x8000_0000;
    private const int BasicLeaves = 14;
    private const int ExtendedLeaves = 0x22;
    private const int FirstCache = BasicLeaves;
    private const int FirstStructured = FirstCache + 5;
    private const int FirstTopology = FirstStructured + 2;
    private const int FirstState = FirstTopology + 1;
    private const int FirstExtended = FirstState + 62;

    private Fixed128<Cpuid> _answers;

    /// <summary>Fills it with what a guest is told of which nobody said anything.</summary>
    public void Fill(in CpuidCaller guest)
    {
        for (int place = 0; place < Places; place++)
        {
            Name(place, out uint leaf, out uint subleaf);
            _answers[place] = CpuidPolicy.Query(in guest, leaf, subleaf);
        }
    }

    /// <summary>An answer; zeros where there is nothing.</summary>
    public readonly Cpuid Read(uint leaf, uint subleaf)
    {
        int place = PlaceOf(leaf, HasSubleaves(leaf) ? subleaf : 0);
        return place < 0 ? default : _answers.ReadOnly[place];
    }

    /// <summary>The parts of the extended state that the domain may switch on; 0 for no XSAVE.</summary>
    public readonly uint States => Read(State, 0).Eax;

    /// <summary>Changes one. False: there is no such leaf or subleaf in a policy.</summary>
    public bool TryWrite(uint leaf, uint subleaf, Cpuid answer)
    {
        int place = PlaceOf(leaf, subleaf);
        if (place < 0)
        {
            return false;
        }

        _answers[place] = answer;
        return true;
    }

    /// <summary>True for a leaf whose answer depends on the subleaf.</summary>
    public static bool HasSubleaves(uint leaf) => leaf is Caches or Structured or Topology or State;

    // Where the answer stands; negative when there is no place for it.
    private static int PlaceOf(uint leaf, uint subleaf)
    {
        if (leaf < BasicLeaves)
        {
            return subleaf == 0 ? (int)leaf : PlaceOfSubleaf(leaf, subleaf);
        }

        return leaf is >= Extended and < Extended + ExtendedLeaves && subleaf == 0 ? FirstExtended + (int)(leaf - Extended) : -1;
    }

    private static int PlaceOfSubleaf(uint leaf, uint subleaf) => leaf switch
    {
        Caches when subleaf <= FirstStructured - FirstCache => FirstCache + (int)subleaf - 1,
        Structured when subleaf <= FirstTopology - FirstStructured => FirstStructured + (int)subleaf - 1,
        Topology when subleaf <= FirstState - FirstTopology => FirstTopology + (int)subleaf - 1,
        State when subleaf <= FirstExtended - FirstState => FirstState + (int)subleaf - 1,
        _ => -1,
    };

    private static void Name(int place, out uint leaf, out uint subleaf)
    {
        (leaf, int first) = place switch
        {
            < FirstCache => ((uint)place, place),
            < FirstStructured => (Caches, FirstCache - 1),
            < FirstTopology => (Structured, FirstStructured - 1),
            < FirstState => (Topology, FirstTopology - 1),
            < FirstExtended => (State, FirstState - 1),
            _ => (Extended + (uint)(place - FirstExtended), place),
        };
        subleaf = (uint)(place - first);
    }
}
