using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Hypervisor.Pv.Building;
using Sharpen.Machine.Memory;

namespace Sharpen.Hypervisor.Hypercalls.Domctls;

/// <summary>Writes the code of hypercalls into a page of a domain. <see cref="Errno.Acces"/>: not a page that it may write.</summary>
[Hypercall(Hypercall.Domctl, DomctlCommand.HypercallInit)]
public readonly struct DomctlMakeHypercallPage : IDomctl<DomctlHypercallPage>
{
    public static Answer Execute(ref Vcpu caller, ref Domain target, ref DomctlHypercallPage arguments) =>
        FrameRef<Writable>.Hold(new Mfn(arguments.Page), target.Id, out FrameRef<Writable> frame).Try(out _) ? Fill(in frame) : Errno.Acces;

    private static Answer Fill(in FrameRef<Writable> frame)
    {
        using (Mapped view = Mapped.Open(in frame))
        {
            HypercallPage.Fill(view.Bytes);
        }

        frame.Dispose();
        return 0;
    }
}
