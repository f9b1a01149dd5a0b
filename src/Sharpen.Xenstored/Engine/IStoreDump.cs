using Sharpen.Xenstored.Tree;

namespace Sharpen.Xenstored.Engine;

/// <summary>A log that begins with all that there is.</summary>
public interface IStoreDump : IStoreLog
{
    /// <summary>A node as it is; those above it came before.</summary>
    void Node(string path, Node node);
}
