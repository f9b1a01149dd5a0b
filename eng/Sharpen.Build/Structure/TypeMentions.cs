using System.Collections.Generic;
using System.Collections.Immutable;
using System.Reflection.Metadata;

namespace Sharpen.Build.Structure;

/// <summary>Every type that a type of an assembly mentions, each time it does.</summary>
internal sealed class TypeMentions(MetadataReader metadata, string assembly) : ISignatureTypeProvider<bool, object?>
{
    /// <summary>Filled by the calls below: folder and name of the type mentioned.</summary>
    public List<(Folder Folder, string Type)> Found { get; } = [];

    /// <summary>A token of a signature, an instruction or a table.</summary>
    public void Add(EntityHandle handle)
    {
        switch (handle.Kind)
        {
            case HandleKind.TypeDefinition:
                AddDefinition((TypeDefinitionHandle)handle);
                break;
            case HandleKind.TypeReference:
                AddReference((TypeReferenceHandle)handle);
                break;
            case HandleKind.TypeSpecification:
                metadata.GetTypeSpecification((TypeSpecificationHandle)handle).DecodeSignature(this, null);
                break;
            case HandleKind.MemberReference:
                Add(metadata.GetMemberReference((MemberReferenceHandle)handle).Parent);
                break;
            case HandleKind.MethodDefinition:
                Add(metadata.GetMethodDefinition((MethodDefinitionHandle)handle).GetDeclaringType());
                break;
            case HandleKind.FieldDefinition:
                Add(metadata.GetFieldDefinition((FieldDefinitionHandle)handle).GetDeclaringType());
                break;
            case HandleKind.MethodSpecification:
                MethodSpecification method = metadata.GetMethodSpecification((MethodSpecificationHandle)handle);
                Add(method.Method);
                method.DecodeSignature(this, null);
                break;
        }
    }

    /// <summary>Namespace and name of the outermost type around a definition.</summary>
    public static (string Namespace, string Name) Outermost(MetadataReader metadata, TypeDefinitionHandle handle)
    {
        TypeDefinition type = metadata.GetTypeDefinition(handle);
        while (type.GetDeclaringType() is { IsNil: false } outer)
        {
            type = metadata.GetTypeDefinition(outer);
        }

        return (metadata.GetString(type.Namespace), metadata.GetString(type.Name));
    }

    private void AddDefinition(TypeDefinitionHandle handle)
    {
        (string space, string name) = Outermost(metadata, handle);
        Found.Add((Folder.Of(assembly, space), name));
    }

    private void AddReference(TypeReferenceHandle handle)
    {
        TypeReference type = metadata.GetTypeReference(handle);
        while (type.ResolutionScope.Kind == HandleKind.TypeReference)
        {
            type = metadata.GetTypeReference((TypeReferenceHandle)type.ResolutionScope);
        }

        if (type.ResolutionScope.Kind == HandleKind.AssemblyReference)
        {
            string owner = metadata.GetString(metadata.GetAssemblyReference((AssemblyReferenceHandle)type.ResolutionScope).Name);
            Found.Add((Folder.Of(owner, metadata.GetString(type.Namespace)), metadata.GetString(type.Name)));
        }
    }

    bool ISimpleTypeProvider<bool>.GetPrimitiveType(PrimitiveTypeCode typeCode) => true;

    bool ISimpleTypeProvider<bool>.GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind)
    {
        AddDefinition(handle);
        return true;
    }

    bool ISimpleTypeProvider<bool>.GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind)
    {
        AddReference(handle);
        return true;
    }

    bool ISignatureTypeProvider<bool, object?>.GetTypeFromSpecification(MetadataReader reader, object? genericContext, TypeSpecificationHandle handle, byte rawTypeKind)
    {
        Add(handle);
        return true;
    }

    bool IConstructedTypeProvider<bool>.GetArrayType(bool elementType, ArrayShape shape) => true;

    bool IConstructedTypeProvider<bool>.GetByReferenceType(bool elementType) => true;

    bool IConstructedTypeProvider<bool>.GetGenericInstantiation(bool genericType, ImmutableArray<bool> typeArguments) => true;

    bool IConstructedTypeProvider<bool>.GetPointerType(bool elementType) => true;

    bool ISZArrayTypeProvider<bool>.GetSZArrayType(bool elementType) => true;

    bool ISignatureTypeProvider<bool, object?>.GetFunctionPointerType(MethodSignature<bool> signature) => true;

    bool ISignatureTypeProvider<bool, object?>.GetGenericMethodParameter(object? genericContext, int index) => true;

    bool ISignatureTypeProvider<bool, object?>.GetGenericTypeParameter(object? genericContext, int index) => true;

    bool ISignatureTypeProvider<bool, object?>.GetModifiedType(bool modifier, bool unmodifiedType, bool isRequired) => true;

    bool ISignatureTypeProvider<bool, object?>.GetPinnedType(bool elementType) => true;
}
