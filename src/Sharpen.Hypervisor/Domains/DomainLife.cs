using Sharpen.Abi;
using Sharpen.Machine.Locks;

namespace Sharpen.Hypervisor.Domains;

/// <summary>
/// The life cycle as state only: who may run. Making a running vCPU notice is the dispatcher's part, which calls these.
/// </summary>
public static class DomainLife
{
    private const int MostPauses = byte.MaxValue;

    /// <summary>The building is done: from now on it runs whenever it is not paused.</summary>
    public static void Begin(ref Domain domain)
    {
        using Locked<DomainRank> held = domain.Lock.Enter(NoLocks.Held);
        if (domain.Phase == DomainPhase.Building)
        {
            domain.Phase = DomainPhase.Alive;
        }
    }

    /// <summary>One more reason not to run.</summary>
    public static void Pause(ref Domain domain)
    {
        using Locked<DomainRank> held = domain.Lock.Enter(NoLocks.Held);
        domain.PauseCount++;
    }

    /// <summary>The same for somebody who may ask for it any number of times. False: nothing has changed, so many can hardly be meant.</summary>
    public static bool TryPause(ref Domain domain)
    {
        using Locked<DomainRank> held = domain.Lock.Enter(NoLocks.Held);
        bool isSane = domain.PauseCount < MostPauses;
        domain.PauseCount += isSane ? 1 : 0;
        return isSane;
    }

    /// <summary>One reason less. <see cref="Errno.Inval"/>-worthy when false: it was not paused.</summary>
    public static bool Unpause(ref Domain domain)
    {
        using Locked<DomainRank> held = domain.Lock.Enter(NoLocks.Held);
        if (domain.PauseCount == 0)
        {
            return false;
        }

        domain.PauseCount--;
        return true;
    }

    /// <summary>It stops for good, keeping what it owns. False when it had stopped already: the first reason stays.</summary>
    public static bool Stop(ref Domain domain, ShutdownReason reason)
    {
        using Locked<DomainRank> held = domain.Lock.Enter(NoLocks.Held);
        if (domain.IsEnding)
        {
            return false;
        }

        domain.Phase = DomainPhase.Shut;
        domain.Reason = domain.HasReason ? domain.Reason : reason;
        return true;
    }

    /// <summary>It goes on after it stopped. False: it had not, or is being taken apart.</summary>
    public static bool Resume(ref Domain domain)
    {
        using Locked<DomainRank> held = domain.Lock.Enter(NoLocks.Held);
        if (domain.Phase != DomainPhase.Shut)
        {
            return false;
        }

        domain.Phase = DomainPhase.Alive;
        domain.HasReason = false;
        return true;
    }

    /// <summary>Says why it will have stopped when it stops. The first reason stays.</summary>
    public static void KeepReason(ref Domain domain, ShutdownReason reason)
    {
        using Locked<DomainRank> held = domain.Lock.Enter(NoLocks.Held);
        if (!domain.HasReason && !domain.IsEnding)
        {
            domain.HasReason = true;
            domain.Reason = reason;
        }
    }

    /// <summary>Teardown begins. False when it had begun.</summary>
    /// <param name="domain">The domain.</param>
    public static bool BeginTeardown(ref Domain domain) => BeginTeardown(ref domain, DomainId.Invalid);

    /// <summary>The same, and another domain takes the steps.</summary>
    /// <param name="domain">The domain.</param>
    /// <param name="undertaker">The other one; an invalid id for nobody in particular.</param>
    public static bool BeginTeardown(ref Domain domain, DomainId undertaker)
    {
        using Locked<DomainRank> held = domain.Lock.Enter(NoLocks.Held);
        if (domain.Phase >= DomainPhase.Dying)
        {
            return false;
        }

        domain.Phase = DomainPhase.Dying;
        domain.HasUndertaker = undertaker.IsOrdinary;
        domain.Undertaker = undertaker;
        domain.Teardown = TeardownStage.StopVcpus;
        return true;
    }
}
