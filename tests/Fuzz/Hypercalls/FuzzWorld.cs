using System;
using System.Collections.Generic;
using System.Threading;
using Sharpen.Abi;
using Sharpen.Hypervisor.Boot;
using Sharpen.Hypervisor.Console;
using Sharpen.Hypervisor.Dispatch;
using Sharpen.Hypervisor.Domains;
using Sharpen.Hypervisor.Events;
using Sharpen.Hypervisor.Hypercalls;
using Sharpen.Hypervisor.Memory;
using Sharpen.Hypervisor.Pv.Building;
using Sharpen.Hypervisor.Scheduling;
using Sharpen.Hypervisor.Topology;
using Sharpen.Machine.Guest;
using Sharpen.Machine.Interrupts;
using Sharpen.Machine.Locks;
using Sharpen.Machine.Memory;
using Sharpen.Machine.Pools;
using Sharpen.Machine.Simulation;
using Sharpen.Machine.Time;
using Sharpen.Simulation.Core;
using Sharpen.Simulation.Seeds;
using Xunit;

namespace Sharpen.Fuzz.Hypercalls;

/// <summary>
/// A host with a control domain and two others on one CPU, whose kernels call at random: through the real way in, with the scheduler,
/// timers, deaths and rebirths between. Rules are checked on the way; at the end everything must come back.
/// </summary>
internal sealed class FuzzWorld : IDisposable
{
    private const ulong Code = KernelFile.Start + 0x2000;
    private const int SyscallVector = 0x100;
    private const int MostRepeats = 100_000;
    private const int DomainCount = 3;

    private static readonly byte[] s_kernel = KernelFile.Make();

    private readonly SimulatedMachine _machine = new();
    private readonly SeededRandom _random;
    private readonly GuestKnowledge[] _guests;
    private readonly CallMaker[] _calls;
    private readonly bool _hasHardware;
    private readonly ulong _free;
    private NextStep _step;
    private int _repeats;
    private int _idle;

    public FuzzWorld(ulong seed, bool hasHardware)
    {
        _random = new SeededRandom(seed);
        _hasHardware = hasHardware;
        _guests = new GuestKnowledge[DomainCount];
        _calls = new CallMaker[DomainCount];
        for (int index = 0; index < DomainCount; index++)
        {
            _guests[index] = new GuestKnowledge(_random);
            _calls[index] = new CallMaker(_random, _guests[index]);
        }

        _machine.Bind();
        Assert.True(MemoryBoot.Initialise([new FrameRange(new Mfn(0x7_0000), 0x4000)]).Try(out _));
        HostMap.Append(0x7_0000UL << PageSize.Shift, 0x4000UL << PageSize.Shift, 1);
        HostConsole.Initialise();
        Dispatcher.Initialise(SchedulerKind.Credit2, Duration.FromMicroseconds(1000));
        HostCpus.Reserve();
        VcpuContextBuffer.Reserve();
        Assert.True(DomainList.Initialise().Try(out _));
        Assert.True(FrameAllocator.AllocateForHost(PageOrder.Small).Try(out Mfn first, out _));
        FrameAllocator.Free(NoLocks.Held, first, PageOrder.Small);
        Quiescence.Join();
        Quiescence.Enter();
        _machine.Now = new Instant(1_000_000_000);
        Dispatcher.Online();

        // Tables of ours that come with the first domains stay.
        BuildMissing();
        _step = Entry.Idle();
        End();
        _free = FrameAllocator.Statistics.FreeFrames;
    }

    /// <summary>The call that was made last.</summary>
    public string Last { get; private set; } = string.Empty;

    /// <summary>How often each call was answered, by what it answered: what the fuzzer reaches.</summary>
    public SortedDictionary<string, int> Answers { get; } = new(StringComparer.Ordinal);

    /// <summary>What the hypervisor wrote.</summary>
    public string Console => _machine.SerialText;

    /// <summary>Domains built.</summary>
    public int Built { get; private set; }

    /// <summary>Mappings of grants that were seen by the checks.</summary>
    public int Mappings { get; private set; }

    /// <summary>Makes so many calls, then ends all domains and counts.</summary>
    public void Play(int calls)
    {
        _step = NextStep.Idle;
        while (calls > 0)
        {
            calls -= _step == NextStep.ResumeGuest ? RunGuest() : RunIdle();
            Disturb();
        }

        Mappings += WorldRules.Check();
        End();
        ulong free = FrameAllocator.Statistics.FreeFrames;
        Assert.True(free == _free, $"{(_free < free ? "too many" : "not all")} frames came back: {_free}, now {free}");
    }

    /// <inheritdoc/>
    public void Dispose() => _machine.Dispose();

    private int RunGuest()
    {
        _idle = 0;
        ref Vcpu vcpu = ref Dispatcher.Current;
        ref CpuUserRegisters registers = ref GuestCpu.Registers;
        bool isRepeat = registers.Rip == Code;
        if (!isRepeat)
        {
            _repeats = 0;
            registers.Rsp = GuestKnowledge.Scratch + (80UL << PageSize.Shift);
            Last = $"{vcpu.Id.Domain.Value}: {_calls[vcpu.Id.Domain.Value % DomainCount].Make(ref registers)}";
        }

        Assert.True(++_repeats < MostRepeats, "a call that never ends");
        registers.Rip = Code + 2;
        registers.EntryVector = _random.OneIn(4000) ? (uint)_random.Below(32) : SyscallVector;
        GuestCpu.SetFault(new GuestLinear(_guests[0].Any()));
        _step = Entry.FromGuest(ref registers);
        if (registers.Rip != Code)
        {
            Note(unchecked((long)registers.Rax));
        }

        return isRepeat ? 0 : 1;
    }

    private void Note(long answer)
    {
        string[] words = Last.Split(' ');
        string key = $"{words[1]} {words[2]}: {(answer is < 0 and > -200 ? (Errno)(-answer) : "done")}";
        Answers[key] = Answers.GetValueOrDefault(key) + 1;
    }

    private int RunIdle()
    {
        _machine.Now += new Duration(_random.Below(2_000_000UL));
        if (_machine.TakeTimer(0))
        {
            Quiescence.Enter();
            Entry.IdleInterrupt((uint)Vector.LocalTimer);
        }

        Quiescence.Enter();
        if (++_idle % 4 == 0)
        {
            Wake(_random.Below(DomainCount));
        }

        if (_idle > 200)
        {
            _idle = 0;
            Kill(_random.Below(DomainCount));
        }

        BuildMissing();
        _step = Entry.Idle();
        return 0;
    }

    // What happens to guests whatever they do: time, death, and other vCPUs of theirs that write what they share with us.
    private void Disturb()
    {
        if (_random.OneIn(32) && _step == NextStep.ResumeGuest)
        {
            _machine.Now += new Duration(_random.Below(3_000_000UL));
            if (_machine.TakeTimer(0))
            {
                GuestCpu.Registers.EntryVector = (uint)Vector.LocalTimer;
                _step = Entry.FromGuest(ref GuestCpu.Registers);
            }
        }

        if (_random.OneIn(8))
        {
            Scribble(_random.Below(DomainCount));
        }

        if (_random.OneIn(500))
        {
            EndIfUseless(ref DomainList.At(_random.Below(DomainList.Capacity)));
        }

        if (_random.OneIn(4000))
        {
            Kill(_random.Below(DomainCount));
        }

        if (_random.OneIn(2000))
        {
            Mappings += WorldRules.Check();
        }
    }

    private void Scribble(int id)
    {
        ref Domain domain = ref DomainList.Find(new DomainId((ushort)id));
        if (Refs.IsNull(ref domain) || !domain.Shared.Exists || !domain.Grants.Exists)
        {
            return;
        }

        Span<byte> page = DirectMap.BytesOf(domain.Grants.FrameAt(_random.Below(domain.Grants.Frames)));
        for (int entry = _random.Below(8); entry < 48; entry += 1 + _random.Below(4))
        {
            ulong flags = _random.OneIn(4) ? _random.Below(0x200UL) : (ulong)GrantFlags.PermitAccess | (_random.OneIn(4) ? (ulong)GrantFlags.ReadOnly : 0);
            ulong value = flags | (_random.Below((ulong)DomainCount) << 16) | (_guests[id].Frame() << 32);
            System.Buffers.Binary.BinaryPrimitives.WriteUInt64LittleEndian(page[(entry * 8)..], value);
        }

        ref VcpuInfo info = ref EventBits.VcpuInfoOf(ref SharedPages.Of(ref domain), 0);
        Volatile.Write(ref info.UpcallMask, (byte)_random.Below(2));
        Volatile.Write(ref info.PendingSelector, _random.Next());
    }

    private static void Wake(int id)
    {
        ref Domain domain = ref DomainList.Find(new DomainId((ushort)id));
        if (!Refs.IsNull(ref domain) && !domain.IsEnding)
        {
            VcpuGlue.Wake(ref domain, VcpuSet.Of(0));
        }
    }

    private void Kill(int id)
    {
        ref Domain domain = ref DomainList.Find(new DomainId((ushort)id));
        if (!Refs.IsNull(ref domain) && !domain.IsHardware)
        {
            Quiescence.Enter();
            DomainControl.Stop(ref domain, ShutdownReason.PowerOff);
        }
    }

    private void BuildMissing()
    {
        for (ushort id = 0; id < DomainCount; id++)
        {
            EndIfUseless(ref DomainList.Find(new DomainId(id)));
            if (Refs.IsNull(ref DomainList.Find(new DomainId(id))))
            {
                DomainPlan plan = new()
                {
                    Id = new DomainId(id),
                    Kernel = s_kernel,
                    Pages = 1152,
                    Vcpus = 1 + _random.Below(3),
                    Weight = 256,
                    IsPrivileged = id == 0,
                    IsHardware = id == 0 && _hasHardware,
                };
                bool isBuilt = DomainBuilder.Build(in plan).Try(out Errno error);
                Assert.True(isBuilt || error is Errno.NoMem or Errno.NoSpc, error.ToString());
                if (isBuilt)
                {
                    Built++;
                    _guests[id].Learn(ref DomainList.Find(new DomainId(id)));
                }
            }
        }
    }

    // What a toolstack does with a domain that has stopped, and with one that was made and that nobody will fill.
    private static void EndIfUseless(ref Domain domain)
    {
        if (!Refs.IsNull(ref domain) && domain.Phase is DomainPhase.Shut or DomainPhase.Building)
        {
            DomainControl.Destroy(ref domain);
        }
    }

    private void End()
    {
        Quiescence.Enter();
        for (int slot = 0; slot < DomainList.Capacity; slot++)
        {
            ref Domain domain = ref DomainList.At(slot);
            if (!Refs.IsNull(ref domain))
            {
                domain.IsHardware = false;
                DomainControl.Stop(ref domain, ShutdownReason.PowerOff);
                DomainControl.Destroy(ref domain);
            }
        }

        for (int turn = 0; turn < 10_000 && (Reaper.HasWork || _step != NextStep.Idle); turn++)
        {
            if (_step == NextStep.ResumeGuest)
            {
                GuestCpu.Registers.EntryVector = (uint)Vector.Kick;
                _step = Entry.FromGuest(ref GuestCpu.Registers);
            }
            else
            {
                _step = Entry.Idle();
            }
        }

        Assert.False(Reaper.HasWork, "a domain does not go");
        for (int turn = 0; turn < 4; turn++)
        {
            Quiescence.Leave();
            _ = DomainList.Trim();
            Quiescence.Enter();
        }
    }
}
