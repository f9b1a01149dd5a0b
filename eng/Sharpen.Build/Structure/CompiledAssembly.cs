using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Sharpen.Build.Structure;

/// <summary>What a compiled assembly says about itself: its folders, whom they use, and what it must not contain.</summary>
internal sealed class CompiledAssembly : IDisposable
{
    private readonly PEReader _file;
    private readonly MetadataReader _metadata;

    /// <summary>Opens an assembly.</summary>
    public CompiledAssembly(string path)
    {
        _file = new PEReader(File.Exists(path) ? File.OpenRead(path) : throw new BuildFailure($"{path} does not exist: build it first"));
        _metadata = _file.GetMetadataReader();
        Name = _metadata.GetString(_metadata.GetAssemblyDefinition().Name);
    }

    /// <summary>Simple name.</summary>
    public string Name { get; }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    /// <summary>Names of the assemblies it refers to.</summary>
    public IEnumerable<string> References => _metadata.AssemblyReferences.Select(handle => _metadata.GetString(_metadata.GetAssemblyReference(handle).Name));

    /// <summary>Full names of the types of other assemblies that it mentions.</summary>
    public IEnumerable<string> ForeignTypes => _metadata.TypeReferences.Select(_metadata.GetTypeReference)
        .Select(type => $"{_metadata.GetString(type.Namespace)}.{_metadata.GetString(type.Name)}");

    /// <summary>The compiler was allowed to emit unsafe code.</summary>
    public bool IsUnsafe => ForeignTypes.Contains("System.Security.UnverifiableCodeAttribute");

    /// <summary>Static fields that can change after the program has started, as <c>type.field</c>.</summary>
    public IEnumerable<string> MutableStatics() =>
        from handle in _metadata.FieldDefinitions
        let field = _metadata.GetFieldDefinition(handle)
        where field.Attributes.HasFlag(FieldAttributes.Static) && !field.Attributes.HasFlag(FieldAttributes.InitOnly) && !field.Attributes.HasFlag(FieldAttributes.Literal)
        let owner = TypeMentions.Outermost(_metadata, field.GetDeclaringType())
        where !owner.Name.StartsWith('<')
        select $"{owner.Namespace}.{owner.Name}.{_metadata.GetString(field.Name)}";

    /// <summary>Uses between folders, in no order; those within one folder are left out.</summary>
    public IEnumerable<Use> Uses() =>
        from handle in _metadata.TypeDefinitions
        let owner = TypeMentions.Outermost(_metadata, handle)
        where owner.Namespace.Length > 0 && !owner.Namespace.StartsWith("Microsoft.", StringComparison.Ordinal)
        let user = Folder.Of(Name, owner.Namespace)
        from mention in Mentions(handle)
        where mention.Folder != user && mention.Folder.Namespace.Length > 0
        group $"{owner.Name} uses {mention.Type}" by (user, mention.Folder) into same
        select new Use(same.Key.user, same.Key.Folder, same.Count(), same.Min(StringComparer.Ordinal)!);

    private List<(Folder Folder, string Type)> Mentions(TypeDefinitionHandle handle)
    {
        TypeDefinition type = _metadata.GetTypeDefinition(handle);
        TypeMentions mentions = new(_metadata, Name);
        AddIfAny(mentions, type.BaseType);
        AddAttributes(mentions, type.GetCustomAttributes());
        AddParameters(mentions, type.GetGenericParameters());
        foreach (InterfaceImplementationHandle implementation in type.GetInterfaceImplementations())
        {
            mentions.Add(_metadata.GetInterfaceImplementation(implementation).Interface);
        }

        foreach (FieldDefinition field in type.GetFields().Select(_metadata.GetFieldDefinition))
        {
            field.DecodeSignature(mentions, null);
            AddAttributes(mentions, field.GetCustomAttributes());
        }

        foreach (MethodDefinition method in type.GetMethods().Select(_metadata.GetMethodDefinition))
        {
            method.DecodeSignature(mentions, null);
            AddAttributes(mentions, method.GetCustomAttributes());
            AddParameters(mentions, method.GetGenericParameters());
            AddBody(mentions, method);
        }

        return mentions.Found;
    }

    private void AddBody(TypeMentions mentions, in MethodDefinition method)
    {
        if (method.RelativeVirtualAddress == 0)
        {
            return;
        }

        MethodBodyBlock body = _file.GetMethodBody(method.RelativeVirtualAddress);
        if (!body.LocalSignature.IsNil)
        {
            _metadata.GetStandaloneSignature(body.LocalSignature).DecodeLocalSignature(mentions, null);
        }

        foreach (EntityHandle token in IlTokens.Of(body))
        {
            mentions.Add(token);
        }
    }

    private void AddAttributes(TypeMentions mentions, CustomAttributeHandleCollection attributes)
    {
        foreach (CustomAttributeHandle attribute in attributes)
        {
            mentions.Add(_metadata.GetCustomAttribute(attribute).Constructor);
        }
    }

    private void AddParameters(TypeMentions mentions, GenericParameterHandleCollection parameters)
    {
        foreach (GenericParameterHandle parameter in parameters)
        {
            foreach (GenericParameterConstraintHandle constraint in _metadata.GetGenericParameter(parameter).GetConstraints())
            {
                mentions.Add(_metadata.GetGenericParameterConstraint(constraint).Type);
            }
        }
    }

    private static void AddIfAny(TypeMentions mentions, EntityHandle handle)
    {
        if (!handle.IsNil)
        {
            mentions.Add(handle);
        }
    }
}
